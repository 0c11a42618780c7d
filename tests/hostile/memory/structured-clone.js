// A clone of a clone, each twice as large.
// expect: OutOfMemory
// heapMb: 16
function attack() { let v = [1]; for (;;) v = [structuredClone(v), v, [...v]]; }
