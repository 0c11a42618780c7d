// A loop that catches what is thrown at it and goes on.
// expect: Timeout
// timeoutMs: 200
function attack() { for (;;) { try { for (;;); } catch { continue; } finally { continue; } } }
