// A loop in a finally block, after the interrupt.
// expect: Timeout
// timeoutMs: 200
function attack() { try { for (;;); } finally { for (;;); } }
