// Prototypes of iterators and generators, which only syntax leads to.
// expect: output 0
function attack() {
  'use strict';
  const holders = [
    Object.getPrototypeOf(function* () {}), Object.getPrototypeOf(async function* () {}), Object.getPrototypeOf(async () => {}), Object.getPrototypeOf(function* () {}).prototype,
    Object.getPrototypeOf(async function* () {}).prototype, Object.getPrototypeOf([][Symbol.iterator]()), Object.getPrototypeOf(new Map()[Symbol.iterator]()), Object.getPrototypeOf(''[Symbol.iterator]()),
    Object.getPrototypeOf(Object.getPrototypeOf(''[Symbol.iterator]())), Object.getPrototypeOf('x'.matchAll(/x/g)), Object.getPrototypeOf(new Set().values()),
    Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})()))), Object.getPrototypeOf(new Intl.Segmenter().segment('x')), Object.getPrototypeOf(new Intl.Segmenter().segment('x')[Symbol.iterator]()),
  ];
  return holders.filter(holder => { try { holder.polluted = 1; return true; } catch { return false; } }).length;
}
