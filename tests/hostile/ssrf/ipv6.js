// Loopback addresses as IPv6, mapped, compatible, translated, tunnelled, with zones.
// input: {"port":CANARY}
// expect: output []
async function attack(input) {
  const reached = [];
  for (const host of ['[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[::7f00:1]', '[::]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[fe80::1]', '[fe80::1%25lo]', '[fd00::1]', '[fc00::1]', '[ff02::1]', '[::ffff:0:127.0.0.1]', '[2001:db8::1]']) {
    try { await fetch(`http://${host}:${input.port}/`); reached.push(host); } catch (e) { if (e.name !== 'NetworkError') throw e; }
  }
  return reached;
}
