// In a context of its own nothing is frozen: the prelude has to go on all the same, and the next execution must not see any of it.
// context: fresh
// expect: output {"ok":1}
function attack() {
  const poison = () => { throw new Error('poisoned'); };
  const names = [
    [Array.prototype, ['push', 'join', 'map', 'slice']], [String.prototype, ['slice', 'indexOf', 'split', 'replace', 'charCodeAt']], [Map.prototype, ['get', 'set', 'delete', 'forEach', 'has']],
    [Promise.prototype, ['then', 'catch']], [JSON, ['stringify', 'parse']], [Reflect, ['apply', 'construct', 'ownKeys']], [Function.prototype, ['call', 'apply', 'bind']], [RegExp.prototype, ['exec', 'test']],
    [Object, ['keys', 'freeze']], [globalThis, ['fetch', 'console', 'setTimeout']],
  ];
  for (const [holder, keys] of names) for (const key of keys) holder[key] = poison;
  Object.prototype.polluted = 1;
  return { ok: 1 };
}
