// A result that contains itself.
// expect: InvalidOutput
// says: contains itself
function attack() { const a = []; a.push({ a }); return a; }
