// The same in an async task, before its promise is looked at.
// context: fresh
// expect: output "mine" or TaskError
async function attack() {
  const poison = () => { throw new Error('poisoned'); };
  Promise.prototype.then = poison;
  Promise.resolve = poison;
  Object.defineProperty(Promise, Symbol.species, { get: poison });
  Object.defineProperty(Object.prototype, 'then', { get: poison, configurable: true });
  Array.prototype[Symbol.iterator] = poison;
  return 'mine';
}
