// An iterable without end, given to what reads all of it.
// expect: OutOfMemory
// heapMb: 16
function attack() { return Array.from({ *[Symbol.iterator]() { for (let i = 0; ; i++) yield { i }; } }); }
