// Captures of regular expressions.
// expect: OutOfMemory
// heapMb: 16
function attack() { const text = 'ab'.repeat(5000), kept = []; for (;;) kept.push([...text.matchAll(/((a)(b))/g)]); }
