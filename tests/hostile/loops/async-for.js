// A loop without end in an async task.
// expect: Timeout
// timeoutMs: 200
async function attack() { await null; for (;;); }
