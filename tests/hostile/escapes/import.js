// import() of files, of what Node has, of addresses and of text.
// expect: output 7
async function attack() {
  let refused = 0;
  for (const what of ['fs', 'node:fs', '/etc/passwd', 'file:///etc/passwd', 'http://127.0.0.1/x.js', 'data:text/javascript,export default 1', './main.js']) {
    try { await import(what); } catch { refused++; }
  }
  return refused;
}
