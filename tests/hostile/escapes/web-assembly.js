// WebAssembly.
// expect: TaskError ReferenceError
function attack() { return new WebAssembly.Memory({ initial: 1 }).buffer.byteLength; }
