// Memory that is kept beyond the execution.
// expect: output true
// heapMb: 32
const left = [];
function attack() { for (let i = 0; i < 1e5; i++) left.push({ i }); return true; }
