// JSON that is nested a million levels deep.
// expect: TaskError RangeError or output
// heapMb: 64
function attack() { const a = JSON.parse('['.repeat(1e6) + ']'.repeat(1e6)); return JSON.stringify(a).length; }
