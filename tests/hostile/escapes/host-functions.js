// The prelude's functions with arguments that they do not expect.
// expect: output "still here"
// slow: yes
function attack() {
  const odd = [undefined, null, NaN, -1, 1e309, 2 ** 53, '', '\0', '\ud800', {}, [], () => 1, Symbol('s'), 10n, new Proxy({}, {}), new Proxy(function () {}, {}), globalThis, { valueOf() { throw new Error('mine'); } }];
  const functions = [setTimeout, setInterval, clearTimeout, clearInterval, queueMicrotask, structuredClone, fetch, console.log, console.error, crypto.randomUUID, crypto.getRandomValues, performance.now,
    (...a) => crypto.subtle.digest(...a).catch(() => {}), (...a) => crypto.subtle.digest('SHA-1', ...a).catch(() => {}), Date, Date.now, (...a) => new Date(...a), (...a) => new DOMException(...a), (...a) => new HttpError(...a), (...a) => new Intl.DateTimeFormat(...a).format(...a)];
  for (const f of functions) for (const a of odd) for (const b of odd) { try { f(a, b); } catch (e) { if (/System\.|Ratchet\.|ClearScript/.test(`${e?.stack}`)) return `${f} ${e.stack}`; } try { f.call(a, b); } catch { } }
  return 'still here';
}
