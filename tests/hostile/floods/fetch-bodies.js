// Requests with bodies of 4 MiB each, as many at once as there may be: the node has to hold them.
// server: yes
// input: {"url":"SERVER/never"}
// heapMb: 128
// expect: output [true,true]
// slow: yes
async function attack(input) {
  const body = 'x'.repeat(4 << 20), messages = [];
  for (let i = 0; i < 250; i++) fetch(input.url, { body }).catch(e => messages.push(e.message));
  await new Promise(r => setTimeout(r, 100));
  return [messages.length > 200, messages.filter(m => m.includes('await some of them')).length > 200];
}
