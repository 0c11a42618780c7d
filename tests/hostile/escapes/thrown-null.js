// Nothing is thrown.
// expect: TaskError Error
async function attack() { throw null; }
