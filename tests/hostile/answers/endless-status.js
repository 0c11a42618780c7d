// 100 Continue without end.
// server: yes
// input: {"url":"SERVER/endless-status"}
// expect: TaskError
async function attack(input) { await fetch(input.url); }
