// Signals of signals, and listeners that abort while they are aborted.
// expect: output true
function attack() {
  const c = new AbortController(); let calls = 0;
  for (let i = 0; i < 5000; i++) c.signal.addEventListener('abort', () => { calls++; c.abort(); });
  let any = c.signal; for (let i = 0; i < 200; i++) any = AbortSignal.any([any, c.signal]);
  c.abort(new Proxy({}, {}));
  return calls === 5000 && any.aborted;
}
