// An answer of JSON that is nested two hundred thousand levels deep.
// server: yes
// input: {"url":"SERVER/json-bomb"}
// expect: TaskError
async function attack(input) { const answer = await fetch(input.url); if (typeof answer.body !== 'string') return 'parsed'; await answer.json(); }
