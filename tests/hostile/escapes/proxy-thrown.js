// A Proxy is thrown that throws at whoever looks at it.
// expect: TaskError
function attack() { throw new Proxy({}, new Proxy({}, { get() { throw new Error('do not look'); } })); }
