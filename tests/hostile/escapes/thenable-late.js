// The result is a thenable that resolves when its execution is long over.
// expect: output 1
function attack() { return { then(resolve) { resolve(1); queueMicrotask(() => resolve(2)); setTimeout(() => resolve(3), 1); } }; }
