// eval, direct and indirect, looks for the prelude's closure.
// codeGeneration: true
// expect: output ["undefined","undefined","undefined","undefined","undefined","undefined"]
function attack() {
  return [eval('typeof host'), (0, eval)('typeof host'), eval('typeof apply'), (0, eval)('typeof stringify'), eval('typeof calls'), new Function('return typeof timers')()];
}
