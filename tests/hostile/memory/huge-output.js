// An output beyond the limit of 1 MiB.
// expect: InvalidOutput
// says: larger than the limit
function attack() { return 'x'.repeat(8 << 20); }
