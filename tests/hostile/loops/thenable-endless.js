// A thenable that resolves to itself.
// expect: Timeout
// timeoutMs: 200
async function attack() { const thenable = { then(resolve) { resolve(thenable); } }; await thenable; }
