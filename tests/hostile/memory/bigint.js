// Numbers of many million digits.
// expect: TaskError RangeError or Timeout
// heapMb: 16
// timeoutMs: 1000
function attack() { let n = 3n; for (;;) n *= n; }
