// Requests that are left behind: they end with their execution.
// server: yes
// input: {"url":"SERVER/never"}
// expect: output "left"
// gone: yes
async function attack(input) { for (let i = 0; i < 200; i++) fetch(input.url); return 'left'; }
