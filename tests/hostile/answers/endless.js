// Bodies and headers without end.
// server: yes
// input: {"url":"SERVER"}
// expect: output ["NetworkError","NetworkError","NetworkError","NetworkError"]
async function attack(input) { const names = []; for (const path of ['/endless-body', '/endless-chunks', '/endless-headers', '/huge-header']) { try { await fetch(input.url + path); names.push('answered'); } catch (e) { names.push(e.name); } } return names; }
