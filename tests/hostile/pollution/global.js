// The global object: new names, replaced and deleted ones, its prototype.
// codeGeneration: true
// expect: output true
function attack() {
  'use strict';
  const root = Function('return this')();
  const attacks = [
    () => { globalThis.polluted = 1; }, () => { root.fetch = () => 7; }, () => { globalThis.console.log = () => 7; }, () => { globalThis.setTimeout = () => 7; }, () => { delete root.crypto; },
    () => { Object.setPrototypeOf(globalThis, { polluted: 1 }); }, () => { crypto.randomUUID = () => 'mine'; }, () => { Math.random = () => 4; }, () => { Date.now = () => 0; },
    () => { NetworkError.prototype.name = 'mine'; }, () => { Object.defineProperty(globalThis, 'Date', { value: 7 }); }, () => { EngineInternal.mine = 1; }, () => { performance.now = () => 0; },
    () => { Intl.DateTimeFormat.prototype.format = 7; }, () => { RegExp.prototype.exec = () => null; }, () => { Symbol.prototype.polluted = 1; }, () => { structuredClone.polluted = 1; },
  ];
  for (const one of attacks) { try { one(); return String(one); } catch (e) { if (e.name !== 'TypeError') throw e; } }
  return true;
}
