// Everything that can be reached from the global object, by properties, prototypes and getters: is there anything of the host's?
// expect: output [true,[]]
function attack() {
  const seen = new Set(), waiting = [globalThis, attack, async () => {}, function* () {}, async function* () {}, [][Symbol.iterator](), /x/, new Error('x'), Promise.resolve(), new Proxy({}, {})], found = [];
  const hostNames = ['GetType', 'ToString', 'GetHashCode', 'Equals', 'MemberwiseClone', 'ReferenceEquals', 'Finalize', 'System', 'Type', 'Assembly', 'Invoke', 'DynamicInvoke', 'Method', 'lib', 'clr', 'xHost', 'Dispose'];
  const look = (value, path) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
    seen.add(value);
    waiting.push(value);
    for (const name of hostNames) { try { if (name in value || value[name] !== undefined) found.push(`${path}.${name}`); } catch { } }
    const tag = Object.prototype.toString.call(value);
    if (/host|system|delegate|clr/i.test(tag)) found.push(`${path} is ${tag}`);
    if (typeof value === 'function' && !/^(class|async|function|\(|\*|get |set |\[|static|[\w$]+)/.test(Function.prototype.toString.call(value))) found.push(`${path} is ${Function.prototype.toString.call(value)}`);
  };
  const named = new Map();
  for (const value of [...waiting]) { seen.delete(value); look(value, 'root'); }
  while (waiting.length > 0) {
    const value = waiting.pop();
    look(Object.getPrototypeOf(value), `${named.get(value) ?? ''}.__proto__`);
    for (const key of Reflect.ownKeys(value)) {
      const own = Reflect.getOwnPropertyDescriptor(value, key), path = String(key);
      look(own.value, path);
      look(own.get, `get ${path}`);
      look(own.set, `set ${path}`);
      if (own.get) { try { look(own.get.call(value), path); } catch { } }
    }
  }
  return [seen.size > 500, found];
}
