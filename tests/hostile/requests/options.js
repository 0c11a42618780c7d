// Options of fetch that throw, or are not what they are called.
// expect: output "refused"
async function attack() {
  const bad = { get() { throw new Error('mine'); } };
  for (const options of [Object.defineProperty({}, 'method', bad), Object.defineProperty({}, 'headers', bad), Object.defineProperty({}, 'body', bad), { signal: {} }, { signal: new Proxy({}, {}) }, { headers: { get a() { throw new Error('mine'); } } }, { headers: [1, 2] }, { headers: [[]] }, { body: 10n }, { body: () => 1 }, { body: Symbol('s') }, { body: { toJSON() { throw new Error('mine'); } } }, { redirect: 'manual' }, { method: Symbol('m') }]) {
    try { await fetch('http://127.0.0.1/', options); return Reflect.ownKeys(options).join(); } catch { }
  }
  return 'refused';
}
