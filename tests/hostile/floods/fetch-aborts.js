// Requests that are given up as soon as they are made.
// server: yes
// input: {"url":"SERVER/never"}
// expect: output 2000
async function attack(input) {
  let aborted = 0;
  for (let i = 0; i < 2000; i++) {
    const c = new AbortController(), answer = fetch(input.url, { signal: c.signal }).catch(() => aborted++);
    c.abort();
    await answer;
  }
  return aborted;
}
