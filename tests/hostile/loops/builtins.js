// Long calls of built-in functions, one after the other.
// expect: Timeout or OutOfMemory
// timeoutMs: 300
// heapMb: 64
function attack() { const a = new Uint8Array(32 << 20); for (;;) { a.fill(1); a.reverse(); a.indexOf(7); a.sort(); } }
