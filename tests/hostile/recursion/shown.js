// Objects that console would have to show for ever.
// expect: output 1
function attack() {
  const round = {}; round.round = round;
  const endless = new Proxy({}, { get: (t, k) => endless, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ value: endless, enumerable: true, configurable: true }), getPrototypeOf: () => endless });
  try { console.log(round); console.log(new Map([[round, new Set([round])]])); console.log(new Proxy({}, { ownKeys() { throw round; } })); } catch { }
  return 1;
}
