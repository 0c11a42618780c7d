// A pattern that backtracks without end.
// expect: Timeout
// timeoutMs: 200
function attack() { return /^(a+)+$/.test('a'.repeat(40) + '!'); }
