// Small bodies that are 64 MiB once they are unpacked: gzip, deflate, Brotli.
// server: yes
// input: {"url":"SERVER"}
// expect: output 3
async function attack(input) { let refused = 0; for (const path of ['/gzip-bomb', '/deflate-bomb', '/br-bomb']) { try { await fetch(input.url + path); } catch { refused++; } } return refused; }
