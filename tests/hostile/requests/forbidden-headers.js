// Headers that are the connection's own.
// server: yes
// input: {"url":"SERVER/echo"}
// expect: output "refused"
async function attack(input) {
  for (const name of ['Host', 'Content-Length', 'Transfer-Encoding', 'Connection', 'Upgrade', 'TE', 'Trailer', 'Keep-Alive', 'Proxy-Authorization', 'Expect', 'hOsT']) {
    try { await fetch(input.url, { headers: { [name]: 'x' }, body: 'b' }); return name; } catch (e) { if (!(e instanceof NetworkError)) throw e; }
  }
  return 'refused';
}
