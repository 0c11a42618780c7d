// The result is a thenable that throws.
// expect: TaskError Error
function attack() { return { then() { throw new Error('thrown by then'); } }; }
