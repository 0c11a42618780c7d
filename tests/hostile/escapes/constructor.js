// The classic way out: the constructor of a constructor makes a function in the global scope.
// codeGeneration: true
// expect: output ["undefined","undefined","undefined","undefined"]
function attack() {
  const root = ({}).constructor.constructor('return this')();
  const shown = name => typeof root[name];
  return [shown('process'), shown('require'), shown('System'), shown('host')];
}
