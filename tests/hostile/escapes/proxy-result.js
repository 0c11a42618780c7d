// A Proxy as the result, which is asked many things.
// expect: output {"secret":"mine"}
function attack() {
  return new Proxy({ secret: 'mine' }, { get: (t, k, r) => k === 'then' ? undefined : Reflect.get(t, k), has: () => true, getPrototypeOf: () => Promise.prototype });
}
