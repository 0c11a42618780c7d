// Template strings and concatenations that refer to one another.
// expect: OutOfMemory
// heapMb: 16
function attack() { const kept = []; for (let s = 'seed', i = 0; ; i++) { s = `${s}${i}-${s.slice(-20)}`; kept.push(s, [...`${s.slice(-1000)}`]); } }
