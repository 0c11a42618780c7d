// queueMicrotask, each with two more.
// expect: Timeout or OutOfMemory
// timeoutMs: 200
// heapMb: 16
async function attack() { const again = () => { queueMicrotask(again); queueMicrotask(again); }; again(); await new Promise(() => {}); }
