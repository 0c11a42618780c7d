// SharedArrayBuffer, by way of what else could make one.
// expect: output ["undefined","undefined","undefined"]
function attack() { return [typeof SharedArrayBuffer, typeof Atomics, typeof globalThis.constructor?.SharedArrayBuffer]; }
