// Code of text without leave, in a context that nothing is frozen in: what was closed is deleted, redefined and looked for below.
// context: fresh
// expect: output []
function attack() {
  const made = [], prototypes = [function () {}, async function () {}, function* () {}, async function* () {}].map(f => Object.getPrototypeOf(f));
  const tryAll = when => {
    for (const way of [() => eval('7'), () => (0, eval)('7'), () => globalThis.eval('7'), () => Function('return 7')(), () => attack.constructor('return 7')(), ...prototypes.map(p => () => p.constructor('return 7'))]) {
      try { way(); made.push(`${when}: ${way}`); } catch { }
    }
  };
  tryAll('as it is');
  for (const p of prototypes) { delete p.constructor; Object.setPrototypeOf(p, null); }
  tryAll('constructors deleted');
  delete globalThis.eval;
  delete globalThis.Function;
  tryAll('globals deleted');
  for (const name of ['eval', 'Function']) Object.setPrototypeOf(globalThis, { get [name]() { return undefined; } });
  tryAll('another global prototype');
  globalThis.EvalError = class extends Error { constructor() { super(); return function () { return 7; }; } };
  tryAll('another EvalError');
  return made;
}
