// A hundred thousand headers, and one of 16 MiB.
// server: yes
// input: {"url":"SERVER/ok"}
// heapMb: 128
// expect: output ["NetworkError","NetworkError","NetworkError"]
async function attack(input) {
  const name = async headers => { try { await fetch(input.url, { headers }); return 'sent'; } catch (e) { return e.name; } };
  return [await name(Array.from({ length: 1e5 }, (_, i) => [`x-${i}`, 'y'])), await name({ 'X-Huge': 'x'.repeat(16 << 20) }), await name({ ['X'.repeat(16 << 20)]: 'y' })];
}
