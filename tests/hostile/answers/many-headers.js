// An answer with five thousand headers.
// server: yes
// input: {"url":"SERVER/many-headers"}
// expect: output true or TaskError NetworkError
async function attack(input) { const answer = await fetch(input.url); return Object.keys(answer.headers).length <= 5000 && answer.body === 'ok'; }
