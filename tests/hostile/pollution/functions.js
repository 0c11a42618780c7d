// call, apply and bind of all functions are replaced.
// expect: output true
function attack() {
  'use strict';
  const attacks = [
    () => { Function.prototype.call = () => 7; }, () => { Function.prototype.apply = () => 7; }, () => { Function.prototype.bind = () => 7; },
    () => { Object.defineProperty(Function.prototype, Symbol.hasInstance, { value: () => true }); }, () => { Object.defineProperty(Error, Symbol.hasInstance, { value: () => true }); },
    () => { Object.getPrototypeOf(async () => {}).constructor = 7; delete Object.getPrototypeOf(async () => {}).constructor; }, () => { Reflect.apply = () => 7; }, () => { Reflect.ownKeys = () => []; },
  ];
  for (const one of attacks) { try { one(); return false; } catch (e) { if (e.name !== 'TypeError') throw e; } }
  return true;
}
