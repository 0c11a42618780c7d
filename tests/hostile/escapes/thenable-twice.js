// The result is a thenable that resolves, rejects and throws.
// expect: output 1
function attack() { return { then(resolve, reject) { resolve(1); reject(new Error('second')); resolve(3); throw new Error('fourth'); } }; }
