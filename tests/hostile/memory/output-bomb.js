// A small graph that is much as JSON.
// expect: OutOfMemory or InvalidOutput
// slow: yes
// heapMb: 16
function attack() { let v = ['x']; for (let i = 0; i < 40; i++) v = [v, v]; return v; }
