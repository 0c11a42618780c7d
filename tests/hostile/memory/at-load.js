// All memory is used up while the task is loaded.
// expect: OutOfMemory or Timeout
// slow: yes
// same: OutOfMemory or Timeout
// says: loaded
// heapMb: 16
const kept = []; for (;;) kept.push([kept.length, String(kept.length)]);
