// The same in a callback.
// expect: TaskError Error
async function attack() { await new Promise(() => setTimeout(() => { throw new Proxy({}, new Proxy({}, { get() { throw new Error('do not look'); } })); }, 1)); }
