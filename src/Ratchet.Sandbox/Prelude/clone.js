// structuredClone (HTML standard, 2.7): values of the language, errors and buffers are copied; V8 itself has none.
const { Map: SafeMap, RegExp: SafeRegExp, Error: SafeError, Object: SafeObject } = globalThis;
const cloneableErrors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const unboxers = [uncurry(Boolean.prototype.valueOf), uncurry(Number.prototype.valueOf), uncurry(String.prototype.valueOf), uncurry(BigInt.prototype.valueOf)];

// Objects whose state is not in their properties: a copy of these would be an empty shell.
const uncloneable = create(null);
for (const name of [
  'Promise', 'WeakMap', 'WeakSet', 'WeakRef', 'Generator', 'AsyncGenerator', 'Symbol',
  'URL', 'URLSearchParams', 'Headers', 'FormData', 'Blob', 'File', 'AbortSignal', 'AbortController', 'TextEncoder', 'TextDecoder',
]) uncloneable[`[object ${name}]`] = true;

const cannotClone = value => new DOMException(`${inspect(value)} could not be cloned.`, 'DataCloneError');

const cloneBinary = (value, seen) => {
  if (isBuffer(value)) return bufferSlice(value, 0);
  const tag = typedTag(value);
  return tag === undefined
    ? new DataView(cloneOf(value.buffer, seen), value.byteOffset, value.byteLength)
    : construct(globalThis[tag], [cloneOf(value.buffer, seen), value.byteOffset, value.length]);
};

const cloneError = (value, keep, seen) => {
  const name = value.name, own = getOwnPropertyDescriptor(value, 'message'), options = has(value, 'cause') ? { cause: cloneOf(value.cause, seen) } : undefined;
  const copy = keep(construct(has(cloneableErrors, name) ? cloneableErrors[name] : SafeError, [own === undefined ? '' : `${own.value}`, options]));
  if (typeof value.stack === 'string') defineProperty(copy, 'stack', { value: value.stack, writable: true, enumerable: false, configurable: true });
  return copy;
};

const cloneOf = (value, seen) => {
  if (typeof value === 'function' || typeof value === 'symbol') throw cannotClone(value);
  if (!isObject(value)) return value;
  if (mapHas(seen, value)) return mapGet(seen, value);
  const keep = copy => { mapSet(seen, value, copy); return copy; };
  if (isBuffer(value) || isView(value)) return keep(cloneBinary(value, seen));
  if (isDate(value)) return keep(new SafeDate(dateTime(value)));
  if (isRegExp(value)) return keep(new SafeRegExp(value.source, value.flags));
  if (isMap(value)) {
    const copy = keep(new SafeMap());
    mapEach(value, (item, key) => mapSet(copy, cloneOf(key, seen), cloneOf(item, seen)));
    return copy;
  }
  if (isSet(value)) {
    const copy = keep(new SafeSet());
    setEach(value, item => setAdd(copy, cloneOf(item, seen)));
    return copy;
  }
  if (isError(value)) return cloneError(value, keep, seen);
  for (let i = 0; i < unboxers.length; i++) {
    const plain = attempt(() => unboxers[i](value), undefined);
    if (plain !== undefined) return keep(SafeObject(plain));
  }
  if (uncloneable[tagOf(value)]) throw cannotClone(value);
  const copy = keep(isArray(value) ? [] : {});
  if (isArray(value)) copy.length = value.length;
  const names = keys(value);
  for (let i = 0; i < names.length; i++) {
    defineProperty(copy, names[i], { value: cloneOf(value[names[i]], seen), writable: true, enumerable: true, configurable: true });
  }
  return copy;
};

define('structuredClone', (...args) => {
  if (args.length === 0) throw new TypeError('structuredClone needs a value');
  const transfer = isObject(args[1]) ? args[1].transfer : undefined;
  if (transfer !== undefined && transfer !== null && transfer.length !== 0) throw new DOMException('structuredClone transfers nothing here: leave out transfer, and the value is copied', 'DataCloneError');
  return cloneOf(args[0], new SafeMap());
});
