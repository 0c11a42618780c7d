// The same in an async task.
// expect: TaskError Error
async function attack() { await null; throw new Proxy(function () {}, new Proxy({}, { get() { throw new Error('do not look'); } })); }
