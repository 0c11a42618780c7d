// Host functions, called where the stack is nearly used up, again and again.
// expect: output true
function attack() {
  let depth = 0;
  const down = () => { depth++; try { down(); } finally { console.log('x'); crypto.randomUUID(); Date.now(); structuredClone({}); setTimeout(() => {}, 1); } };
  try { down(); } catch (e) { if (!(e instanceof RangeError)) throw e; }
  return depth > 100;
}
