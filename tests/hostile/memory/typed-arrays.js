// Typed arrays are not in V8's heap; they have a limit of their own.
// expect: TaskError RangeError
// heapMb: 16
function attack() { const a = []; for (;;) a.push(new Uint8Array(1 << 20).fill(1)); }
