// toJSON that makes another with a toJSON.
// expect: InvalidOutput
function attack() { const deep = () => ({ toJSON: () => ({ v: deep() }) }); return deep(); }
