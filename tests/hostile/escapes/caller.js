// arguments.callee.caller, function.caller and function.arguments lead up the stack.
// expect: output []
function attack() {
  const found = [], note = (what, f) => { try { const value = f(); if (value !== null && value !== undefined && value !== main) found.push(what); } catch { } };
  note('caller', () => main.caller);
  note('callee', () => arguments.callee.caller?.caller);
  note('arguments', () => attack.caller?.caller?.arguments);
  note('from clone', () => { let up; structuredClone({ get a() { up = Object.getOwnPropertyDescriptor(this, 'a').get.caller; return 1; } }); return up; });
  note('from console', () => { let up; console.log('%s', { toString: function f() { up = f.caller; return ''; } }); return up; });
  return found;
}
