// A log is filled and then the memory.
// expect: OutOfMemory or Timeout
// slow: yes
// heapMb: 16
// timeoutMs: 10000
function attack() { for (let i = 0; i < 2000; i++) console.log('x'.repeat(1000)); const a = []; for (;;) a.push([a.length, String(a.length)]); }
