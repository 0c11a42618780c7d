// The same with captures, references and a function.
// expect: Timeout
// timeoutMs: 200
function attack() { return ('ab'.repeat(30) + '!').replace(/^((ab)*)*\1$/g, () => 'x'); }
