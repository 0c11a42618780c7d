// ClearScript's own object is the one name that is there without having been asked for: each of its functions is called with all kinds of arguments.
// expect: output []
function attack() {
  const found = [], odd = [undefined, null, 0, 'System.IO.File', {}, [], () => 1, Symbol.iterator, globalThis, new Proxy({}, { get: (t, k) => k }), new Error('x'), Promise.resolve()];
  const look = (value, path) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
    for (const name of ['GetType', 'ToString', 'GetHashCode', 'Equals', 'Invoke']) { try { if (value !== odd[9] && value[name] !== undefined) found.push(`${path}.${name}`); } catch { } }
  };
  // What a function promises is looked at no further, and may be broken.
  const calm = value => { if (value instanceof Promise) value.catch(() => { }); return value; };
  const internal = globalThis.EngineInternal ?? {};
  for (const key of Reflect.ownKeys(internal)) {
    const value = internal[key];
    look(value, key);
    if (typeof value !== 'function') continue;
    for (const a of odd) for (const b of odd) {
      try { look(calm(value(a, b)), key); } catch (e) { look(e, `${String(key)} thrown`); look(e?.hostException, `${String(key)} hostException`); }
      try { look(calm(new value(a, b)), `new ${String(key)}`); } catch (e) { look(e, `${String(key)} thrown`); }
    }
  }
  return found;
}
