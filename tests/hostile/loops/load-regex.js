// A pattern that backtracks without end, while the task is loaded.
// raw: yes
// expect: Timeout
// slow: yes
// same: Timeout
/^(a+)+$/.test('a'.repeat(40) + '!');
function main() {}
