// Prototypes of iterators and generators, which only syntax and calls lead to.
// expect: output []
function attack() {
  'use strict';
  const proto = Object.getPrototypeOf, segments = new Intl.Segmenter().segment('x');
  const holders = {
    generator: proto(function* () {}), asyncGenerator: proto(async function* () {}), asyncFunction: proto(async () => {}), generators: proto(function* () {}).prototype,
    asyncGenerators: proto(async function* () {}).prototype, array: proto([][Symbol.iterator]()), map: proto(new Map()[Symbol.iterator]()), set: proto(new Set().values()), string: proto(''[Symbol.iterator]()),
    iterator: proto(proto(''[Symbol.iterator]())), regExp: proto('x'.matchAll(/x/g)), asyncIterator: proto(proto(proto((async function* () {})()))),
    segments: proto(segments), segment: proto(segments[Symbol.iterator]()), wrapped: proto(Iterator.from({ next() {} })), helper: proto([].values().map(x => x)),
    unscopables: Array.prototype[Symbol.unscopables], species: Object.getOwnPropertyDescriptor(Array, Symbol.species).get, thrower: Object.getOwnPropertyDescriptor(function () { 'use strict'; return arguments; }(), 'callee').get,
  };
  return Object.entries(holders).filter(([, holder]) => { try { holder.polluted = 1; return true; } catch { return false; } }).map(([name]) => name);
}
