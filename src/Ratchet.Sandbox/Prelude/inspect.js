// Values as Node's console shows them: two levels deep, cycles marked, at most 100 elements of a collection and 10,000 characters of a string.
const DEPTH = 2, ELEMENTS = 100, CHARACTERS = 10_000, WIDTH = 72;

const quote = text => {
  const cut = text.length > CHARACTERS ? `${slice(text, 0, CHARACTERS)}... ${text.length - CHARACTERS} more characters` : text;
  const mark = indexOf(cut, "'") < 0 ? "'" : indexOf(cut, '"') < 0 ? '"' : indexOf(cut, '`') < 0 ? '`' : "'";
  const json = slice(stringify(cut), 1, -1);
  const plain = replace(json, /\\"/g, '"');
  return mark + (mark === "'" ? replace(plain, /'/g, "\\'") : plain) + mark;
};

const primitive = value => {
  switch (typeof value) {
    case 'string': return quote(value);
    case 'bigint': return `${bigIntText(value)}n`;
    case 'symbol': return symbolText(value);
    case 'number': return value === 0 && 1 / value < 0 ? '-0' : `${value}`;
    default: return `${value}`;
  }
};

const keyText = key => typeof key === 'symbol' ? `[${symbolText(key)}]` : test(/^[A-Za-z_$][\w$]*$/, key) ? key : quote(key);

const classOf = value => {
  for (let at = value; at !== null; at = getPrototypeOf(at)) {
    const own = getOwnPropertyDescriptor(at, 'constructor');
    if (own !== undefined && typeof own.value === 'function' && own.value.name !== '') return own.value.name;
    // A hardened prototype carries its constructor behind an accessor.
    if (own !== undefined && typeof own.get === 'function') return attempt(() => apply(own.get, value, []).name, '');
  }
  return null;
};

const functionHead = value => {
  const isClass = startsWith(functionText(value), 'class');
  const name = attempt(() => value.name, '');
  if (isClass) return `[class ${name || '(anonymous)'}]`;
  const kind = slice(tagOf(value), 8, -1);
  return name ? `[${kind}: ${name}]` : `[${kind} (anonymous)]`;
};

const gather = (opening, closing, parts, deep) => {
  if (parts.length === 0) return `${opening}${closing}`;
  const line = join(parts, ', ');
  if (line.length + opening.length + deep * 2 <= WIDTH && indexOf(line, '\n') < 0) return `${opening} ${line} ${closing}`;
  let indent = '\n';
  for (let i = 0; i < deep; i++) indent += '  ';
  return `${opening}${indent}  ${join(parts, `,${indent}  `)}${indent}${closing}`;
};

const propertyParts = (value, seen, deep, parts, skip) => {
  const names = ownKeys(value);
  for (let i = 0; i < names.length && parts.length <= ELEMENTS; i++) {
    const key = names[i];
    const own = getOwnPropertyDescriptor(value, key);
    if (own === undefined || !own.enumerable || (skip !== undefined && skip(key))) continue;
    const shown = own.get !== undefined ? (own.set !== undefined ? '[Getter/Setter]' : '[Getter]') : own.set !== undefined ? '[Setter]' : show(own.value, seen, deep + 1);
    push(parts, `${keyText(key)}: ${shown}`);
  }
  return parts;
};

const isIndex = key => typeof key === 'string' && test(/^(0|[1-9]\d*)$/, key);

const elementParts = (value, seen, deep) => {
  const parts = [], count = min(value.length, ELEMENTS);
  let holes = 0;
  const closeHoles = () => { if (holes > 0) push(parts, `<${holes} empty item${holes === 1 ? '' : 's'}>`); holes = 0; };
  for (let i = 0; i < count; i++) {
    if (!has(value, i)) { holes++; continue; }
    closeHoles();
    push(parts, show(value[i], seen, deep + 1));
  }
  closeHoles();
  if (value.length > ELEMENTS) push(parts, `... ${value.length - ELEMENTS} more item${value.length === ELEMENTS + 1 ? '' : 's'}`);
  return parts;
};

const collectionParts = (value, seen, deep) => {
  const parts = [];
  if (isMap(value)) mapEach(value, (item, key) => { if (parts.length < ELEMENTS) push(parts, `${show(key, seen, deep + 1)} => ${show(item, seen, deep + 1)}`); });
  else setEach(value, item => { if (parts.length < ELEMENTS) push(parts, show(item, seen, deep + 1)); });
  return parts;
};

const errorText = (value, seen, deep) => {
  const stack = attempt(() => value.stack, undefined);
  const text = typeof stack === 'string' && stack !== '' ? replace(stack, /\n +at [^\n]*(ratchet:|V8ScriptEngine \[internal\])[^\n]*/g, '') : `[${nameOfError(value)}: ${attempt(() => value.message, '')}]`;
  const parts = propertyParts(value, seen, deep, [], key => key === 'stack' || key === 'message');
  return parts.length === 0 ? text : `${text} ${gather('{', '}', parts, deep)}`;
};

const objectText = (value, seen, deep) => {
  const name = classOf(value);
  if (isArray(value)) return gather(`${name === 'Array' ? '' : `${name}(${value.length}) `}[`, ']', propertyParts(value, seen, deep, elementParts(value, seen, deep), isIndex), deep);
  if (isError(value)) return errorText(value, seen, deep);
  if (isDate(value)) return attempt(() => dateText(value), 'Invalid Date');
  if (isRegExp(value)) return regExpText(value);
  if (isMap(value)) return gather(`${name}(${mapSize(value)}) {`, '}', collectionParts(value, seen, deep), deep);
  if (isSet(value)) return gather(`${name}(${setSize(value)}) {`, '}', collectionParts(value, seen, deep), deep);
  if (isBuffer(value)) return `ArrayBuffer { byteLength: ${bufferBytes(value)} }`;
  if (isView(value) && typedTag(value) !== undefined) return gather(`${name}(${value.length}) [`, ']', elementParts(value, seen, deep), deep);
  const head = typeof value === 'function' ? functionHead(value) : name === null ? '[Object: null prototype]' : name === 'Object' ? '' : name;
  const parts = propertyParts(value, seen, deep, [], undefined);
  if (typeof value === 'function' && parts.length === 0) return head;
  return gather(head === '' ? '{' : `${head} {`, '}', parts, deep);
};

let circular;
const show = (value, seen, deep) => {
  if (!isObject(value)) return primitive(value);
  if (setHas(seen, value)) { circular = value; return '[Circular *1]'; }
  if (deep > DEPTH && typeof value === 'object' && !isError(value) && !isDate(value) && !isRegExp(value)) return isArray(value) ? '[Array]' : `[${classOf(value) ?? 'Object: null prototype'}]`;
  setAdd(seen, value);
  const text = objectText(value, seen, deep);
  setDelete(seen, value);
  if (circular !== value) return text;
  circular = undefined;
  return `<ref *1> ${text}`;
};

const inspect = value => attempt(() => show(value, new SafeSet(), 0), '[value that cannot be shown]');
const SafeSet = Set;
