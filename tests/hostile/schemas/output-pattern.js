// An output schema with a pattern that backtracks without end, and an output for it.
// outputSchema: {"if":{"type":"string"},"then":{"pattern":"^(a+)+$"}}
// timeoutMs: 300
// expect: Timeout
function attack() { return 'a'.repeat(40) + '!'; }
