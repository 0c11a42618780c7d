// Added to every script of the suite, and a task of its own: what an innocent execution computes, with the language's built-in objects and with the prelude's
// functions. Its answer is right only if nobody has changed any of them. `attacked` counts the attacks that this very context has had.
let attacked = 0;

function innocent(n) {
  const words = ['b', 'a', 'c'].map(letter => letter + n).sort();
  const copy = structuredClone({ words, at: new Map([[n, words]]), when: new Date(0) });
  const [first, ...rest] = copy.words;
  let inherited = '', pairs = 0;
  for (const key in {}) inherited += key;
  for (const [key, value] of copy.at) pairs += key === n && value.length === 3 ? 1 : 0;
  console.log('innocent %d', n, { words });
  const error = new NetworkError('gone', { retryAfter: 7 });
  const checks = [
    `${/(\d+)/.exec(first)[1]}` === `${n}`, rest.length === 2, inherited === '', pairs === 1, copy.when.toISOString() === '1970-01-01T00:00:00.000Z',
    error instanceof Error && error.name === 'NetworkError' && error.retryAfter === 7, JSON.stringify(JSON.parse('{"__proto__":1,"a":[1,2]}')) === '{"__proto__":1,"a":[1,2]}',
    ({}).polluted === undefined && [].polluted === undefined && (() => {}).polluted === undefined && ''.polluted === undefined && globalThis.polluted === undefined,
    crypto.randomUUID().length === 36 && crypto.getRandomValues(new Uint8Array(4)).length === 4, Math.max(...[3, 1, 2]) === 3, typeof fetch === 'function' && typeof setTimeout === 'function',
    Math.random() < 1, Date.now() > 1e12, `${[1, [2, 3]]}` === '1,2,3', Object.keys({ a: 1 }).join() === 'a', 'a-b'.replace(/-/g, '+').split('+').length === 2,
    Function.prototype.call.call(String.prototype.trim, ' x ') === 'x', Reflect.ownKeys({ a: 1, b: 2 }).length === 2, [...new Set([1, 1])].length === 1, new Error('x').stack.includes('main.js'),
  ];
  return [n, ...checks.map((right, i) => right ? '' : i).filter(wrong => wrong !== ''), attacked];
}

async function innocentLater(n) {
  const order = [];
  queueMicrotask(() => order.push('task'));
  await null;
  await new Promise(resolve => setTimeout(resolve, 1, order.push('timer')));
  const all = await Promise.all([1, Promise.resolve(2), new Promise(resolve => queueMicrotask(() => resolve(3)))]);
  for await (const value of (async function* () { yield* all; })()) order.push(value);
  const answer = innocent(n);
  return order.join() === 'task,timer,1,2,3' ? answer : ['order', ...order];
}
