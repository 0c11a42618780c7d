// A body that is said to be gzip and is not.
// server: yes
// input: {"url":"SERVER/false-gzip"}
// expect: TaskError NetworkError
async function attack(input) { await fetch(input.url); }
