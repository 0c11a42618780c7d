// A function that calls itself.
// expect: TaskError RangeError
function attack() { return attack() + 1; }
