// The same, longer than the execution may take.
// server: yes
// input: {"url":"SERVER/slow-body"}
// timeoutMs: 300
// expect: Timeout
// says: while it waited
function attack(input) { return fetch(input.url).body; }
