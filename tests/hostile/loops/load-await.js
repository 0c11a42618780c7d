// An await outside of the function that never ends.
// raw: yes
// expect: ConfigurationError or Timeout
// same: ConfigurationError or Timeout
// timeoutMs: 1000
await new Promise(() => {});
export function main() { return 1; }
