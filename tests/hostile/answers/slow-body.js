// An answer whose body comes a byte at a time, to a task that is not async.
// server: yes
// input: {"url":"SERVER/slow-body"}
// expect: TaskError TimeoutError
function attack(input) { return fetch(input.url).body; }
