// Host functions, called where the stack is nearly used up.
// expect: output true
function attack() {
  let depth = 0, left = 100;
  const down = () => { depth++; try { down(); } finally { if (left-- > 0) { console.log('x'); crypto.randomUUID(); Date.now(); structuredClone({}); setTimeout(() => {}, 1); } } };
  try { down(); } catch (e) { if (!(e instanceof RangeError)) throw e; }
  return depth > 100;
}
