// The output's own getter never ends.
// expect: Timeout
// timeoutMs: 200
function attack() { return { get a() { for (;;); } }; }
