// Object.prototype gets properties.
// expect: output ["TypeError","TypeError","TypeError","TypeError",false]
function attack() {
  'use strict';
  const tried = f => { try { f(); return 'done'; } catch (e) { return e.name; } };
  return [
    tried(() => { Object.prototype.polluted = 1; }), tried(() => { ({}).__proto__.polluted = 1; }), tried(() => Object.defineProperty(Object.prototype, 'polluted', { get: () => 1 })),
    tried(() => Object.setPrototypeOf(Object.prototype, { polluted: 1 })), 'polluted' in {},
  ];
}
