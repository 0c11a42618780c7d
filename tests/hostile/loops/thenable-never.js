// A thenable that never calls anyone.
// expect: TaskError UnsettledPromiseError
async function attack() { await { then() {} }; }
