// structuredClone of JSON-like values, dates, regular expressions, maps, sets, buffers and errors; V8 itself has none.
const cannotClone = value => {
  const error = new Error(`${inspect(value)} could not be cloned.`);
  defineProperty(error, 'name', { value: 'DataCloneError', writable: true, enumerable: false, configurable: true });
  return error;
};

const { Map: SafeMap, RegExp: SafeRegExp, Error: SafeError } = globalThis;

const cloneBinary = (value, seen) => {
  if (isBuffer(value)) return bufferSlice(value, 0);
  return construct(globalThis[typedTag(value)] ?? DataView, [cloneOf(value.buffer, seen), value.byteOffset, value.length]);
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
  const copy = keep(isArray(value) ? [] : isError(value) ? new SafeError(value.message) : {});
  if (isArray(value)) copy.length = value.length;
  const names = keys(value);
  for (let i = 0; i < names.length; i++) {
    defineProperty(copy, names[i], { value: cloneOf(value[names[i]], seen), writable: true, enumerable: true, configurable: true });
  }
  return copy;
};

if (globalThis.structuredClone === undefined) define('structuredClone', value => cloneOf(value, new SafeMap()));
