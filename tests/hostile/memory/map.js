// A Map without end.
// expect: OutOfMemory
// heapMb: 16
function attack() { const m = new Map(); for (let i = 0; ; i++) { if (m.size > 1e6) m.set({}, new Map(m)); m.set(i, { i }); } }
