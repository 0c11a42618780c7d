// Code of text without leave: eval in all its calls, and every kind of function's constructor from all the things that lead to one.
// expect: output []
async function attack() {
  const made = [], kinds = [function () {}, async function () {}, function* () {}, async function* () {}, () => 1, async () => 1, class {}, { m() {} }.m, { get g() { return 1; } }.__lookupGetter__('g'),
    (function () {}).bind(null), new Proxy(function () {}, {}), Function, Function.prototype, Object, Promise, Map, parseInt, setTimeout, fetch, console.log, Reflect.apply, eval, Symbol, Proxy, JSON.parse, structuredClone];
  const note = (what, make) => { try { const f = make(); made.push(`${what}: ${typeof f}`); } catch (e) { if (e.name !== 'EvalError' && e.name !== 'TypeError') made.push(`${what}: ${e.name}`); } };
  for (const kind of kinds) {
    const constructors = [kind.constructor, Object.getPrototypeOf(kind)?.constructor, kind.constructor.constructor, Object.getPrototypeOf(kind.constructor), Object.getPrototypeOf(kind.constructor)?.constructor, Reflect.get(kind, 'constructor')];
    for (const one of constructors) {
      if (typeof one !== 'function' || (one.name !== '' && !/Function$/.test(one.name))) continue;
      if (one === Function.prototype) continue;
      note(`call of ${one.name}`, () => one('return 7'));
      note(`new ${one.name}`, () => new one('a', 'return a'));
      note(`apply ${one.name}`, () => Reflect.apply(one, undefined, ['return 7']));
      note(`construct ${one.name}`, () => Reflect.construct(one, ['return 7'], Object));
      note(`construct by ${one.name}`, () => Reflect.construct(one, ['return 7'], class {}));
      note(`bound ${one.name}`, () => one.bind(null, 'return 7')());
      note(`class of ${one.name}`, () => new (class extends one { constructor() { super('return 7'); } })());
    }
  }
  note('eval', () => eval('7'));
  note('indirect eval', () => (0, eval)('7'));
  note('eval of globalThis', () => globalThis.eval('7'));
  note('eval called', () => eval.call(null, '7'));
  note('eval, optional', () => eval?.('7'));
  note('eval of a String', () => { const got = eval(new String('7')); if (typeof got === 'number') return got; throw new TypeError(); });
  note('map of eval', () => ['7'].map(eval));
  note('replace with eval', () => '7'.replace(/7/, eval));
  note('timer of text', () => setTimeout('globalThis.x = 7', 1));
  try { await Promise.resolve('7').then(eval); made.push('then eval'); } catch (e) { if (e.name !== 'EvalError') made.push(e.name); }
  return made;
}
