// A body beyond the limit, as text and as bytes.
// server: yes
// input: {"url":"SERVER/ok"}
// heapMb: 128
// expect: output ["NetworkError","NetworkError","NetworkError"]
async function attack(input) {
  const name = async body => { try { await fetch(input.url, { body }); return 'sent'; } catch (e) { return e.name; } };
  return [await name('x'.repeat((4 << 20) + 1)), await name(new Uint8Array((4 << 20) + 1)), await name('é'.repeat((2 << 20) + 1))];
}
