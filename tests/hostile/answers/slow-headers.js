// An answer whose headers come a byte at a time.
// server: yes
// input: {"url":"SERVER/slow-headers"}
// expect: TaskError TimeoutError
// slow: yes
async function attack(input) { await fetch(input.url); }
