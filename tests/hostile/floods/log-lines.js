// A log of a million lines.
// expect: output "logged"
function attack() { for (let i = 0; i < 1e6; i++) console.log(i); return 'logged'; }
