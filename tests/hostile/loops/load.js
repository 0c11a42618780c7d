// Code outside of the function that never ends.
// raw: yes
// expect: Timeout
// same: Timeout
// says: was not loaded within
for (;;);
function main() {}
