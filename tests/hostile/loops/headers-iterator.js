// fetch is given headers without end.
// expect: OutOfMemory or TaskError or Timeout
// slow: yes
// heapMb: 16
// timeoutMs: 3000
function attack() { return fetch('http://example.invalid/', { headers: { *[Symbol.iterator]() { for (let i = 0; ; i++) yield [`x-${i}`, 'y']; } } }); }
