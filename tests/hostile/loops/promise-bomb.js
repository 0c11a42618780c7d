// Promises that wait for promises.
// expect: OutOfMemory or Timeout
// slow: yes
// heapMb: 16
// timeoutMs: 5000
async function attack() { const all = []; const bomb = async () => { await Promise.all([bomb(), bomb()]); }; for (;;) all.push(Promise.resolve().then(bomb)); }
