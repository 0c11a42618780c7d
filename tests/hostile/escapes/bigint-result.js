// A BigInt in the result.
// expect: InvalidOutput
// says: BigInt
function attack() { return { n: 1n }; }
