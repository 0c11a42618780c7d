// Methods that are none, or that make something else of a connection.
// server: yes
// input: {"url":"SERVER/echo"}
// expect: output "refused"
async function attack(input) {
  for (const method of ['GET / HTTP/1.1\r\nX: y\r\n\r\n', 'G ET', '', '\0', 'GET\n', 'É', '(', 'CONNECT']) {
    try { return JSON.stringify([method, (await fetch(input.url, { method })).body]); } catch (e) { if (!(e instanceof NetworkError) && !(e instanceof TypeError)) throw e; }
  }
  return 'refused';
}
