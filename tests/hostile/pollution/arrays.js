// Methods and species of arrays are replaced.
// expect: output true
function attack() {
  'use strict';
  const attacks = [
    () => { Array.prototype.push = () => 0; }, () => { Array.prototype.map = () => [7]; }, () => { Array.prototype[Symbol.iterator] = function* () { yield 7; }; },
    () => { Object.defineProperty(Array, Symbol.species, { value: class { } }); }, () => { Array.prototype.length = 7; }, () => { Array.prototype[0] = 'polluted'; },
    () => { Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true }); }, () => { Object.getPrototypeOf(Uint8Array.prototype).fill = null; }, () => { Array.isArray = () => true; },
  ];
  for (const one of attacks) { try { one(); return false; } catch (e) { if (e.name !== 'TypeError') throw e; } }
  return true;
}
