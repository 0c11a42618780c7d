// Every kind of function that can be made of text.
// codeGeneration: true
// expect: output true
async function attack() {
  const kinds = [function () {}, async function () {}, function* () {}, async function* () {}].map(f => Object.getPrototypeOf(f).constructor);
  const found = [];
  for (const kind of kinds) {
    const made = kind('return [typeof process, typeof require, typeof System, typeof host, typeof log, typeof main, typeof module]')();
    const value = typeof made.next === 'function' ? (await made.next()).value : await made;
    found.push(...value);
  }
  return found.every(type => type === 'undefined');
}
