// Addresses behind what looks like a host: credentials, fragments, backslashes.
// input: {"port":CANARY}
// expect: output []
async function attack(input) {
  const reached = [];
  for (const url of [`http://example.com@127.0.0.1:${input.port}/`, `http://user:secret@127.0.0.1:${input.port}/`, `http://127.0.0.1:${input.port}#@example.com/`, `http://127.0.0.1:${input.port}\\@example.com/`, `http:127.0.0.1:${input.port}`, `http:\\\\127.0.0.1:${input.port}\\`, `HTTP://127.0.0.1:${input.port}`, `http://127.0.0.1%3a${input.port}/`, `http://%31%32%37.0.0.1:${input.port}/`, `http://１２７.0.0.1:${input.port}/`, `\thttp://127.0.0.1:${input.port}/`]) {
    try { await fetch(url); reached.push(url); } catch (e) { if (e.name !== 'NetworkError') throw e; }
  }
  return reached;
}
