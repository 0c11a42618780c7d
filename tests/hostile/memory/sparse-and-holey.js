// Arrays with lengths that they do not have elements for.
// expect: OutOfMemory or TaskError RangeError
// heapMb: 16
function attack() { const a = []; a.length = 2 ** 32 - 1; a[2 ** 32 - 2] = 1; return a.concat(a).fill(0).length; }
