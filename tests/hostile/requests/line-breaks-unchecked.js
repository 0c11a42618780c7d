// The same where the prelude's own check has been taken away.
// context: fresh
// server: yes
// input: {"url":"SERVER/echo"}
// expect: output true
async function attack(input) {
  RegExp.prototype.exec = () => null;
  RegExp.prototype.test = () => false;
  Object.defineProperty(RegExp.prototype, Symbol.match, { value: () => null });
  const answers = [];
  for (const headers of [{ 'X-A': 'a\r\nHost: evil' }, { 'X-A': 'a\nX-B' }, { 'X-A': 'a\n\n\n' }, { 'X-A': 'a\r\n\r\nGET / HTTP/1.1' }, { 'X-A\nContent-Length': '7' }]) {
    try { answers.push((await fetch(input.url, { headers })).body); } catch (e) { answers.push(e.message); }
  }
  return !answers.some(answer => answer.includes('evil\r') || answer.startsWith('GET / ') || answer.includes('Index') || answer.includes('System.'));
}
