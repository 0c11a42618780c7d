// ArrayBuffers to the limit, with the RangeError caught again and again.
// expect: output true
// slow: yes
// heapMb: 16
// arrayBufferMb: 32
function attack() {
  const kept = []; let refused = 0;
  while (refused < 50) { try { kept.push(new Uint8Array(1 << 20).fill(1)); } catch (e) { if (!(e instanceof RangeError)) throw e; refused++; } }
  return kept.length <= 32;
}
