// Names that resolve to loopback addresses.
// input: {"port":CANARY}
// expect: output []
async function attack(input) {
  const reached = [];
  for (const host of ['localhost', 'LOCALHOST', 'localhost.', 'foo.localhost', 'ip6-localhost', 'ip6-loopback', 'localhost.localdomain']) {
    try { await fetch(`http://${host}:${input.port}/`); reached.push(host); } catch (e) { if (e.name !== 'NetworkError' && e.name !== 'TimeoutError') throw e; }
  }
  return reached;
}
