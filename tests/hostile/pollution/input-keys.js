// An input whose keys are those of prototypes.
// input: {"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":null}
// expect: output [false,false,"__proto__,constructor,toString,hasOwnProperty",true]
function attack(input) {
  const merge = (to, from) => { for (const key of Object.keys(from)) { if (from[key] && typeof from[key] === 'object') { try { merge(to[key] ??= {}, from[key]); } catch { } } else { try { to[key] = from[key]; } catch { } } } return to; };
  const merged = merge({}, input);
  return ['polluted' in {}, 'polluted' in Object, Object.keys(input).join(), Object.getPrototypeOf(input) === Object.prototype && merged !== null];
}
