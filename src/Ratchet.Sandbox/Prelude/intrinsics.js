// All files of this folder are joined, in the order that Prelude.cs lists, into one strict function over `host`.
// This one takes what the others need of JavaScript before a task's code can change it.
const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf, ownKeys } = Reflect;
const { freeze, create, keys, entries, isFrozen } = Object;
const { isArray } = Array;
const { isInteger, isFinite: isFiniteNumber, MAX_SAFE_INTEGER } = Number;
const { min, max, floor, round } = Math;
const parse = JSON.parse;
const stringify = JSON.stringify;
const uncurry = f => (self, ...args) => apply(f, self, args);

const push = uncurry(Array.prototype.push);
const join = uncurry(Array.prototype.join);
const slice = uncurry(String.prototype.slice);
const indexOf = uncurry(String.prototype.indexOf);
const startsWith = uncurry(String.prototype.startsWith);
const toLowerCase = uncurry(String.prototype.toLowerCase);
const toUpperCase = uncurry(String.prototype.toUpperCase);
const trim = uncurry(String.prototype.trim);
const replace = uncurry(String.prototype.replace);
const split = uncurry(String.prototype.split);
const charCodeAt = uncurry(String.prototype.charCodeAt);
const fromCharCode = String.fromCharCode;
const test = uncurry(RegExp.prototype.test);
const functionText = uncurry(Function.prototype.toString);
const tagOf = uncurry(Object.prototype.toString);
const has = uncurry(Object.prototype.hasOwnProperty);
const isEnumerable = uncurry(Object.prototype.propertyIsEnumerable);
const symbolText = uncurry(Symbol.prototype.toString);
const regExpText = uncurry(RegExp.prototype.toString);
const dateTime = uncurry(Date.prototype.getTime);
const dateText = uncurry(Date.prototype.toISOString);
const bigIntText = uncurry(BigInt.prototype.toString);
const numberText = uncurry(Number.prototype.toString);
const then = uncurry(Promise.prototype.then);
const settled = value => apply(Promise.resolve, Promise, [value]);
const rejected = error => apply(Promise.reject, Promise, [error]);

const mapGet = uncurry(Map.prototype.get);
const mapSet = uncurry(Map.prototype.set);
const mapHas = uncurry(Map.prototype.has);
const mapDelete = uncurry(Map.prototype.delete);
const mapEach = uncurry(Map.prototype.forEach);
const mapSize = uncurry(getOwnPropertyDescriptor(Map.prototype, 'size').get);
const setAdd = uncurry(Set.prototype.add);
const setHas = uncurry(Set.prototype.has);
const setDelete = uncurry(Set.prototype.delete);
const setEach = uncurry(Set.prototype.forEach);
const setSize = uncurry(getOwnPropertyDescriptor(Set.prototype, 'size').get);
const typedTag = uncurry(getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get);
const bufferBytes = uncurry(getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get);
const bufferSlice = uncurry(ArrayBuffer.prototype.slice);
const isView = ArrayBuffer.isView;

const isObject = value => (typeof value === 'object' && value !== null) || typeof value === 'function';
const attempt = (f, otherwise) => { try { return f(); } catch { return otherwise; } };
const isDate = value => attempt(() => { dateTime(value); return true; }, false);
const isRegExp = value => attempt(() => { regExpText(value); return tagOf(value) === '[object RegExp]'; }, false);
const isMap = value => attempt(() => { mapSize(value); return true; }, false);
const isSet = value => attempt(() => { setSize(value); return true; }, false);
const isBuffer = value => attempt(() => { bufferBytes(value); return true; }, false);
const isError = value => typeof value === 'object' && value !== null && (attempt(() => value instanceof Error, false) || attempt(() => tagOf(value), '') === '[object Error]');

// A global as the built-in ones are: writable until harden() freezes it, not listed by for-in.
const define = (name, value) => defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });

// What a task has no use for and would escape its limits by: memory outside the heap limit, waits that block the thread. And what tells when the collector
// has run: no recording could give it again.
for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry']) delete globalThis[name];
