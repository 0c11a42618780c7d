// then, resolve and species of promises are replaced, to be given what others wait for.
// expect: output true
async function attack() {
  'use strict';
  const stolen = [];
  const attacks = [
    () => { Promise.prototype.then = function (f) { stolen.push(f); }; }, () => { Promise.resolve = () => 7; }, () => { Promise.reject = () => 7; },
    () => { Object.defineProperty(Promise, Symbol.species, { get: () => class { constructor(f) { stolen.push(f); } } }); },
    () => { Promise.prototype.constructor = class { }; }, () => { Promise.all = () => 7; }, () => { Promise.prototype.finally = null; }, () => { globalThis.Promise = class { }; },
  ];
  for (const one of attacks) { try { one(); return false; } catch (e) { if (e.name !== 'TypeError') throw e; } }
  const own = Promise.resolve(1);
  own.constructor = { [Symbol.species]: function (f) { stolen.push(f); f(() => {}, () => {}); } };
  own.then(() => {});
  return stolen.length === 1;
}
