// As many intervals as there may be, and none is ever cleared.
// expect: Timeout
// timeoutMs: 300
async function attack() { for (let i = 0; i < 500; i++) setInterval(() => {}, 1); await new Promise(() => {}); }
