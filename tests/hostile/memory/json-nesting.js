// JSON that is nested a hundred thousand levels deep.
// expect: TaskError RangeError or output
// heapMb: 64
function attack() { const a = JSON.parse('['.repeat(1e5) + ']'.repeat(1e5)); return JSON.stringify(a).length; }
