// WebAssembly, by every way to the global object.
// codeGeneration: true
// expect: output ["undefined","undefined","undefined","undefined"]
function attack() {
  return [typeof Function('return this')().WebAssembly, (0, eval)('typeof WebAssembly'), typeof Reflect.get(globalThis, 'WebAssembly'), typeof Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')];
}
