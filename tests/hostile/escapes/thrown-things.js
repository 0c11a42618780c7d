// Not an error is thrown: a Symbol.
// expect: TaskError Error
function attack() { throw Symbol('s'); }
