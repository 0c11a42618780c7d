// JSON of one MiB that is much more as objects, parsed again and again.
// expect: OutOfMemory
// slow: yes
// heapMb: 16
function attack() { const text = `[${'{"a":{}},'.repeat(100000)}0]`, kept = []; for (;;) kept.push(JSON.parse(text)); }
