// One ArrayBuffer of two GiB.
// expect: TaskError RangeError
// heapMb: 16
function attack() { return new ArrayBuffer(2 ** 31).byteLength; }
