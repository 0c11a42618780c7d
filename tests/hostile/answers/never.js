// A server that takes the connection and says nothing.
// server: yes
// input: {"url":"SERVER/never"}
// timeoutMs: 300
// expect: Timeout
async function attack(input) { await fetch(input.url); }
