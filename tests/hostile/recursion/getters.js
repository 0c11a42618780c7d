// A getter that reads itself.
// expect: InvalidOutput
function attack() { return { get a() { return this.a; } }; }
