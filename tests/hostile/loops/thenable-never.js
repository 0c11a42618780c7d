// A thenable that never calls anyone.
// expect: TaskError UnsettledPromiseError
// gone: yes
async function attack() { await { then() {} }; }
