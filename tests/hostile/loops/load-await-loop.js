// An await outside of the function, in a loop.
// raw: yes
// expect: Timeout
// slow: yes
// same: Timeout
for (;;) await null;
export function main() { return 1; }
