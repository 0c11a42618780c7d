// Answers that are not HTTP, or nothing at all.
// server: yes
// input: {"url":"SERVER"}
// expect: output 2
async function attack(input) { let refused = 0; for (const path of ['/garbage', '/nothing']) { try { await fetch(input.url + path); } catch (e) { if (e.name === 'NetworkError') refused++; } } return refused; }
