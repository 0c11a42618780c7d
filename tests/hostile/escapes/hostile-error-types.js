// An error with things for texts.
// expect: TaskError
function attack() { throw Object.assign(new Error('x'), { name: { toString() { throw 1; } }, stack: [1, 2], status: { valueOf: () => 1 }, retryAfter: () => 1, cause: Symbol('c') }); }
