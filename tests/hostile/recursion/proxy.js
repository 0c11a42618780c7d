// A Proxy that is its own handler's target.
// expect: TaskError RangeError
function attack() { const handler = {}, p = new Proxy({}, handler); handler.get = (t, key, r) => r[key]; return p.anything; }
