// Loopback addresses in other notations: decimal, octal, hexadecimal, short.
// input: {"port":CANARY}
// expect: output []
async function attack(input) {
  const reached = [];
  for (const host of ['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '017700000001', '0x7f.1', '0177.0.0.1', '0x7f.0x0.0x0.0x1', '127.0.0.2', '127.255.255.254', '0', '0.0.0.0', '00000177.1', '127.0.0.1.', '①②⑦.⓪.⓪.①']) {
    try { await fetch(`http://${host}:${input.port}/`); reached.push(host); } catch (e) { if (e.name !== 'NetworkError') throw e; }
  }
  return reached;
}
