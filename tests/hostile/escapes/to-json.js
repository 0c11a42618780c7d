// toJSON gets at the result while it is being made.
// expect: output {"a":1,"b":{"key":"b"}}
function attack() { return { a: 1, b: { toJSON(key) { return { key }; } } }; }
