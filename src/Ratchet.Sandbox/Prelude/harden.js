// Freezes the global object and all that is reachable from it, so that no execution can leave something there for the next.
//
// A frozen prototype property would make `object.toString = ...` fail on ordinary objects (the override mistake: assignment is refused when
// an inherited property is read-only). The properties that tasks do assign are turned into accessors that define an own property instead.
// Only those: an accessor is slower than a value, and V8 optimises the untouched built-ins of arrays, promises and iterators.
const overridden = ['constructor', 'name', 'message', 'toString', 'toLocaleString', 'toJSON', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'stack', 'length', 'status', 'cause'];

const overridable = (holder, key, value) => {
  const get = () => value;
  const set = function (given) {
    if (!isObject(this) || this === holder) throw new TypeError(`Cannot assign to '${key}' of a built-in object: built-in objects are frozen`);
    if (has(this, key)) this[key] = given;
    else defineProperty(this, key, { value: given, writable: true, enumerable: true, configurable: true });
  };
  defineProperty(holder, key, { get, set, enumerable: false, configurable: false });
};

const isPrototype = value => {
  const own = getOwnPropertyDescriptor(value, 'constructor');
  return own !== undefined && typeof own.value === 'function' && attempt(() => own.value.prototype === value, false);
};

// Those that only calls lead to; a task may have taken the functions away that make them.
const { Iterator: SafeIterator, Intl: { Segmenter } } = globalThis;
const madeByCalls = () => {
  const segments = attempt(() => new Segmenter().segment('x'), {}), found = [];
  const ways = [() => segments, () => segments[Symbol.iterator](), () => SafeIterator.from({ next() {} }), () => [][Symbol.iterator]().map(value => value)];
  for (let i = 0; i < ways.length; i++) attempt(() => push(found, getPrototypeOf(ways[i]())), undefined);
  return found;
};

const hiddenIntrinsics = () => {
  const hidden = web === null ? [] : web.hidden();
  const generator = getPrototypeOf(function* () {}), asyncGenerator = getPrototypeOf(async function* () {});
  return [
    generator, asyncGenerator, getPrototypeOf(async () => {}), getPrototypeOf([][Symbol.iterator]()), getPrototypeOf(''[Symbol.iterator]()),
    getPrototypeOf(new Map()[Symbol.iterator]()), getPrototypeOf(new Set()[Symbol.iterator]()), getPrototypeOf(/x/[Symbol.matchAll]('x')),
    AnswerHeaders.prototype, Response.prototype, ...madeByCalls(), ...hidden,
  ];
};

const harden = () => {
  const seen = new SafeSet(), waiting = hiddenIntrinsics();
  push(waiting, globalThis);
  const visit = value => { if (isObject(value) && !setHas(seen, value)) { setAdd(seen, value); push(waiting, value); } };
  for (let i = 0; i < waiting.length; i++) {
    const value = waiting[i];
    visit(getPrototypeOf(value));
    const names = ownKeys(value), prototype = isPrototype(value);
    for (let n = 0; n < names.length; n++) {
      const own = getOwnPropertyDescriptor(value, names[n]);
      visit(own.value);
      visit(own.get);
      visit(own.set);
      if (prototype && own.configurable && own.writable && isOverridden(value, names[n])) overridable(value, names[n], own.value);
    }
    attempt(() => freeze(value), undefined);
  }
};

const isOverridden = (holder, key) => {
  if (typeof key !== 'string') return false;
  for (let i = 0; i < overridden.length; i++) if (overridden[i] === key) return true;
  return holder === Object.prototype && !startsWith(key, '__');
};
