// Microtasks that queue microtasks.
// expect: Timeout
// timeoutMs: 200
async function attack() { for (;;) await null; }
