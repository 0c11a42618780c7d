// A redirect to itself.
// server: yes
// input: {"url":"SERVER/loop"}
// expect: TaskError NetworkError
// says: redirected more than
async function attack(input) { await fetch(input.url); }
