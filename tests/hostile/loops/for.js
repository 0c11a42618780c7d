// A loop without end.
// expect: Timeout
// timeoutMs: 200
function attack() { for (;;); }
