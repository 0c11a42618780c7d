// The result is a thenable that calls nobody.
// expect: TaskError UnsettledPromiseError
// gone: yes
function attack() { return { then() {} }; }
