// JSON, and what it looks up in the objects that it is given.
// expect: output {"a":1}
function attack() {
  'use strict';
  for (const one of [() => { JSON.parse = () => 7; }, () => { JSON.stringify = () => '7'; }, () => { Object.prototype.toJSON = () => 7; }, () => { String.prototype.toJSON = () => 7; }, () => { delete globalThis.JSON; }]) {
    try { one(); return false; } catch (e) { if (e.name !== 'TypeError') throw e; }
  }
  return { a: 1 };
}
