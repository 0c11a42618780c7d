// A URL and a method of 16 MiB.
// heapMb: 128
// expect: output ["NetworkError","NetworkError"]
async function attack() {
  const name = async (url, method) => { try { await fetch(url, { method }); return 'sent'; } catch (e) { return e.name; } };
  return [await name(`http://example.invalid/${'x'.repeat(16 << 20)}`), await name('http://example.invalid/', 'X'.repeat(16 << 20))];
}
