// Error.prepareStackTrace is given the frames of the stack: with them the prelude's functions and what they were called on.
// context: fresh
// expect: output [true,[]]
function attack() {
  const found = []; let frames = 0;
  Error.prepareStackTrace = (error, sites) => {
    for (const site of sites) {
      frames++;
      // Its own functions are no secret.
      if (`${site.getFileName?.()}`.includes('main.js')) continue;
      for (const name of ['getThis', 'getFunction']) { const value = site[name]?.(); if (value !== undefined && value !== null && value !== globalThis) found.push(`${name} ${site.getFunctionName()} ${site.getFileName()} ${typeof value}`); }
      site.getEvalOrigin?.(); site.getTypeName?.(); site.getScriptNameOrSourceURL?.();
    }
    return sites;
  };
  const probe = f => { try { f(); } catch (e) { void e.stack; } };
  probe(() => { null.x; });
  probe(() => console.log({ get a() { throw new Error('x'); }, toString() { return new Error('y').stack; } }));
  probe(() => structuredClone({ get a() { void new Error('in clone').stack; return 1; } }));
  probe(() => fetch({ toString() { void new Error('in fetch').stack; return 'http://127.0.0.1/'; } }));
  probe(() => crypto.subtle.digest({ get name() { void new Error('in digest').stack; return 'SHA-1'; } }, new Uint8Array(1)));
  probe(() => setTimeout(() => {}, { valueOf() { void new Error('in timer').stack; return 1; } }));
  void new Error('here').stack;
  const kept = {}; Error.captureStackTrace(kept); void kept.stack;
  return [frames > 10, [...new Set(found)]];
}
