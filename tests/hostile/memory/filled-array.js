// An array of a hundred million elements, at once.
// expect: OutOfMemory
// slow: yes
// heapMb: 16
function attack() { return new Array(1e8).fill(7); }
