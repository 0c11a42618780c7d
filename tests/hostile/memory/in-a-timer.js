// Memory is used up in a callback, while others of the task wait.
// expect: OutOfMemory or Timeout
// slow: yes
// heapMb: 16
// timeoutMs: 10000
async function attack() { await new Promise(r => setTimeout(r, 20)); const a = []; for (;;) a.push([a.length, String(a.length)]); }
