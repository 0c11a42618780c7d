// An output that is nested a hundred thousand levels deep.
// expect: InvalidOutput
// heapMb: 64
function attack() { let v = 1; for (let i = 0; i < 1e5; i++) v = [v]; return v; }
