// A rope costs nothing until it is made flat: a search does that.
// expect: OutOfMemory
// slow: yes
// heapMb: 16
function attack() { let s = 'xy'.repeat(1 << 10); while (s.length < 1 << 28) s += s; return /z/.test(s); }
