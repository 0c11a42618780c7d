// toJSON throws a Proxy.
// expect: InvalidOutput
function attack() { return { toJSON() { throw new Proxy({}, { get() { throw 1; } }); } }; }
