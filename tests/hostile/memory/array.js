// An array that grows for ever.
// expect: OutOfMemory or Timeout
// heapMb: 16
// timeoutMs: 10000
function attack() { const a = []; for (;;) a.push([a.length, String(a.length)]); }
