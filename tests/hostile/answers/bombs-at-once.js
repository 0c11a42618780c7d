// Fifty of them together.
// server: yes
// input: {"url":"SERVER/gzip-bomb"}
// expect: output 50
async function attack(input) { const all = await Promise.allSettled(Array.from({ length: 50 }, () => fetch(input.url))); return all.filter(one => one.status === 'rejected').length; }
