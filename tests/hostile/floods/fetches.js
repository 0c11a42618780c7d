// Five thousand requests at once: 256 may be under way.
// server: yes
// input: {"url":"SERVER/ok"}
// expect: output [true,true,5000]
// slow: yes
async function attack(input) {
  const all = await Promise.allSettled(Array.from({ length: 5000 }, () => fetch(input.url)));
  const good = all.filter(one => one.status === 'fulfilled').length, refused = all.filter(one => one.reason?.name === 'NetworkError').length;
  return [good >= 200, refused > 4000, good + refused];
}
