// An error with a message of 16 MiB, thrown while the task is loaded.
// expect: ConfigurationError
// same: ConfigurationError
// heapMb: 256
throw new Error('m'.repeat(16 << 20));
