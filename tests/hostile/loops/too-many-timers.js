// More timers than a context may have.
// expect: TaskError RangeError
async function attack() { for (;;) setTimeout(() => {}, 1e9); }
