// Headers with line breaks, to smuggle others in.
// server: yes
// input: {"url":"SERVER/echo"}
// expect: output "refused"
async function attack(input) {
  for (const headers of [{ 'X-A': 'a\r\nHost: evil' }, { 'X-A\r\nHost': 'evil' }, { 'X-A': 'a\nX-B: b' }, { 'X-A': 'a\0b' }, [['X-A', 'a\r\n\r\nGET / HTTP/1.1']], new Map([['X-A', '\r']]), { 'X:A': 'b' }, { '': 'b' }, { 'X A': 'b' }, { 'X-Ä': 'b' }]) {
    try { return JSON.stringify([headers, await (await fetch(input.url, { headers })).text()]); } catch (e) { if (!(e instanceof TypeError) && !(e instanceof NetworkError)) throw e; }
  }
  return 'refused';
}
