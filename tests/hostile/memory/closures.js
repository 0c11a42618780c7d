// Closures that keep each other.
// expect: OutOfMemory
// slow: yes
// heapMb: 16
function attack() { let last = () => 0; for (;;) { const before = last, own = [1, 2, 3, 4]; last = () => [before, own]; } }
