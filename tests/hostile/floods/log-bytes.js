// Lines of 16 MiB each.
// expect: output "logged"
function attack() { for (let i = 0; i < 20; i++) console.error('x'.repeat(16 << 20)); return 'logged'; }
