// An input schema with such a pattern.
// inputSchema: {"if":{"type":"string"},"then":{"pattern":"^(a+)+$"}}
// input: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"
// timeoutMs: 300
// expect: Timeout
function attack() { return 1; }
