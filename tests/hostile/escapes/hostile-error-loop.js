// An error whose message never ends.
// expect: Timeout
// timeoutMs: 200
function attack() { const e = new Error('x'); Object.defineProperty(e, 'message', { get() { for (;;); } }); throw e; }
