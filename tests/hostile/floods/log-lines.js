// A log of two hundred thousand lines.
// expect: output "logged"
function attack() { for (let i = 0; i < 2e5; i++) console.log(i); return 'logged'; }
