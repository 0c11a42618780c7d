// Ports of servers that take a request for commands.
// expect: output "refused"
async function attack() {
  for (const port of [0, 1, 7, 21, 22, 23, 25, 53, 110, 143, 465, 587, 6000, 6667, 10080]) { try { await fetch(`http://127.0.0.1:${port}/`); return port; } catch (e) { if (!(e instanceof NetworkError)) throw e; } }
  return 'refused';
}
