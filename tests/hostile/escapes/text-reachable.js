// Code of text without leave: each function that can be reached at all is called and constructed with text, and what comes back is called.
// expect: output [true,[]]
function attack() {
  const seen = new Set(), waiting = [], made = [];
  const add = value => { if ((typeof value === 'object' || typeof value === 'function') && value !== null && !seen.has(value)) { seen.add(value); waiting.push(value); } };
  [globalThis, attack, async () => {}, function* () {}, async function* () {}, [][Symbol.iterator](), ''[Symbol.iterator](), new Map()[Symbol.iterator](), /x/[Symbol.matchAll]('x'), new Error('x'), Promise.resolve(),
    function () { return arguments; }(), (function* () {})(), (async function* () {})(), Iterator.from({ next() {} }), new Proxy({}, {}), globalThis.EngineInternal].forEach(add);
  const text = 'return "made of" + " text"', look = (f, path) => {
    for (const way of [() => f(text), () => new f(text), () => f.call(globalThis, '"made of" + " text"'), () => f(undefined, text), () => f(0, text)]) {
      try {
        const got = way();
        if (got instanceof Promise) got.catch(() => { });
        if (got === 'made of text' || (typeof got === 'function' && !seen.has(got) && got() === 'made of text')) made.push(path);
        if (typeof got?.next === 'function') {
          const next = got.next();
          if (next instanceof Promise) next.catch(() => { });
          if (next.value === 'made of text') made.push(path);
        }
      } catch { }
    }
  };
  const skip = new Set([fetch, console.log, console.error, console.warn, console.info, console.debug, attack, setTimeout, globalThis.setInterval, queueMicrotask]);
  const names = new Map();
  let calls = 0;
  while (waiting.length > 0) {
    const value = waiting.pop();
    add(Object.getPrototypeOf(value));
    if (typeof value === 'function' && !skip.has(value) && ++calls) look(value, `${names.get(value) ?? value.name}`);
    for (const key of Reflect.ownKeys(value)) {
      const own = Reflect.getOwnPropertyDescriptor(value, key);
      for (const part of [own?.value, own?.get, own?.set]) { if (typeof part === 'function' && !names.has(part)) names.set(part, String(key)); add(part); }
    }
  }
  return [calls > 300, made];
}
