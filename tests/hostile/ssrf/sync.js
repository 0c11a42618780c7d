// The same of a task that is not async.
// input: {"port":CANARY}
// expect: TaskError NetworkError
function attack(input) { return fetch(`http://127.0.0.1:${input.port}/`).body; }
