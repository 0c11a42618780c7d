// An error with a message and a stack of 8 MiB.
// expect: TaskError HugeError
// heapMb: 128
function attack() {
  const error = new Error('m'.repeat(8 << 20));
  error.name = 'HugeError';
  error.stack = 's'.repeat(8 << 20);
  throw error;
}
