// The same, by the constructor that a buffer knows, and a buffer that is moved into a larger one.
// expect: output ["RangeError","RangeError"]
// heapMb: 16
function attack() {
  const name = f => { try { f(); return 'made'; } catch (e) { return e.name; } };
  return [name(() => new (new Uint8Array(1).buffer.constructor)(8, { maxByteLength: 2 ** 36 })), name(() => new ArrayBuffer(8).transfer(2 ** 36))];
}
