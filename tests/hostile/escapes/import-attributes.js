// import() with attributes, and an object as a name.
// codeGeneration: true
// expect: output 3
async function attack() {
  let refused = 0;
  for (const way of [() => import('/etc/hostname', { with: { type: 'json' } }), () => import({ toString() { return 'file:///etc/passwd'; } }), () => eval("import('fs')")]) { try { await way(); } catch { refused++; } }
  return refused;
}
