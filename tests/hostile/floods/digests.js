// Digests of what is as large as may be.
// expect: output 64
// slow: yes
// heapMb: 128
async function attack() { const data = new Uint8Array(4 << 20); let last; for (let i = 0; i < 8; i++) last = await crypto.subtle.digest('SHA-512', data); return last.byteLength; }
