// Web APIs and the classes behind them.
// expect: output []
function attack() {
  'use strict';
  const holders = { URL, URLSearchParams, Headers, TextEncoder, TextDecoder, AbortController, AbortSignal, Event, EventTarget, FormData, Blob, File };
  const iterators = [new URLSearchParams('a=1').entries(), new Headers({ a: 'b' }).entries(), new FormData().entries()].map(Object.getPrototypeOf);
  const open = [];
  for (const [name, holder] of Object.entries(holders)) for (const at of [holder, holder.prototype, Object.getPrototypeOf(holder.prototype)]) { try { at.polluted = 1; open.push(name); } catch { } }
  iterators.forEach((at, i) => { try { at.polluted = 1; open.push(i); } catch { } });
  return open;
}
