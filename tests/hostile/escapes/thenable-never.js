// The result is a thenable that calls nobody.
// expect: TaskError UnsettledPromiseError
function attack() { return { then() {} }; }
