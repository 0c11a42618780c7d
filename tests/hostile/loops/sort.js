// A comparison function that makes sorting long, and lies.
// expect: Timeout
// timeoutMs: 300
function attack() { const a = Array.from({ length: 1e6 }, (_, i) => i); for (;;) a.sort(() => 1).sort(() => -1); }
