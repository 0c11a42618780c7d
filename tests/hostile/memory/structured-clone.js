// A clone of a clone, each twice as large.
// expect: OutOfMemory or Timeout
// slow: yes
// heapMb: 16
// timeoutMs: 3000
function attack() { let v = [1]; for (;;) v = [structuredClone(v), v, [...v]]; }
