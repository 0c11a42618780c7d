// An error with a message of 32 MiB, thrown while the task is loaded.
// expect: ConfigurationError
// same: ConfigurationError
throw new Error('m'.repeat(32 << 20));
