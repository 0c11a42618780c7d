// What the prelude does with an error, when the error's own classes have been replaced.
// context: fresh
// expect: TaskError
function attack() {
  const poison = () => { throw new Error('poisoned'); };
  Object.defineProperty(Error, Symbol.hasInstance, { value: poison });
  Object.defineProperty(Error.prototype, 'name', { get: poison });
  Object.defineProperty(Error.prototype, 'message', { get: poison });
  Object.defineProperty(Function.prototype, Symbol.hasInstance, { value: poison });
  Array.prototype[Symbol.iterator] = poison;
  Object.prototype.toString = poison;
  throw new (class extends Error {})('x');
}
