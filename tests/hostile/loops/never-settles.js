// A promise that nothing settles.
// expect: TaskError UnsettledPromiseError
// gone: yes
async function attack() { await new Promise(() => {}); }
