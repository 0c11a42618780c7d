// An error with a message and a stack of 32 MiB.
// expect: TaskError HugeError
function attack() {
  const error = new Error('m'.repeat(32 << 20));
  error.name = 'HugeError';
  error.stack = 's'.repeat(32 << 20);
  throw error;
}
