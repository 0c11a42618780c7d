// A clone of a list of a hundred thousand links: recursion in the prelude.
// expect: TaskError RangeError or Timeout
// slow: yes
// heapMb: 64
// timeoutMs: 3000
function attack() { let v = {}; for (let i = 0; i < 1e5; i++) v = { v }; return structuredClone(v) !== null; }
