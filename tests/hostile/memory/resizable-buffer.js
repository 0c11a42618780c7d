// A buffer that is small and may grow to 64 GiB.
// expect: TaskError RangeError
// heapMb: 16
function attack() { const b = new ArrayBuffer(8, { maxByteLength: 2 ** 36 }); b.resize(2 ** 36); return new Uint8Array(b).fill(1).length; }
