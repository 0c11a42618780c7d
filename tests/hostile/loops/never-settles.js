// A promise that nothing settles.
// expect: TaskError UnsettledPromiseError
async function attack() { await new Promise(() => {}); }
