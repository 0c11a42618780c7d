// The result's then is another one each time that it is read.
// expect: output {}
function attack() { let times = 0; return { get then() { return times++ === 0 ? () => { throw new Error('first'); } : undefined; } }; }
