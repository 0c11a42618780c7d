// The result's then is a getter that throws.
// expect: TaskError Error
function attack() { return { get then() { throw new Error('thrown by the getter'); } }; }
