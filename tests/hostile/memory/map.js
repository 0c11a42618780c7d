// A Map without end.
// expect: OutOfMemory
// slow: yes
// heapMb: 16
function attack() { const m = new Map(); for (let i = 0; ; i++) { if (m.size > 1e6) m.set({}, new Map(m)); m.set(i, { i }); } }
