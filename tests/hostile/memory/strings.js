// Strings that double and are taken apart.
// expect: OutOfMemory
// heapMb: 16
function attack() {
  const kept = [];
  for (let s = 'x'; ; s += s.length) { kept.push(s.split('')); if (s.length > 1e5) s = 'y'; }
}
