// All memory is used up while the task is loaded.
// expect: OutOfMemory
// same: OutOfMemory
// says: while it was loaded
// heapMb: 16
const kept = []; for (;;) kept.push([kept.length, String(kept.length)]);
