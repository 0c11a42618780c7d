// Small bodies that are 64 MiB once they are unpacked: gzip, deflate, Brotli.
// server: yes
// input: {"url":"SERVER"}
// expect: output ["NetworkError","NetworkError","NetworkError"]
async function attack(input) { const names = []; for (const path of ['/gzip-bomb', '/deflate-bomb', '/br-bomb']) { try { await fetch(input.url + path); names.push('answered'); } catch (e) { names.push(e.name); } } return names; }
