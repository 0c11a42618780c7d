// Async functions that wait for themselves.
// expect: TaskError RangeError or OutOfMemory
// heapMb: 32
async function attack() { return await attack() + 1; }
