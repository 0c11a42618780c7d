// Content-Length that is wrong, negative, there twice, or larger than anything.
// server: yes
// input: {"url":"SERVER"}
// expect: output [true,"fine",true]
async function attack(input) {
  const refused = [];
  for (const path of ['/too-short', '/huge-length', '/bad-chunk']) { try { refused.push((await fetch(input.url + path)).body); } catch (e) { refused.push(e.name); } }
  const long = (await fetch(`${input.url}/too-long`)).body;
  const others = [];
  for (const path of ['/negative-length', '/two-lengths', '/ok']) { try { others.push((await fetch(input.url + path)).body); } catch (e) { others.push(e.name); } }
  return [refused.every(name => name === 'NetworkError'), long, others[2] === 'fine'];
}
