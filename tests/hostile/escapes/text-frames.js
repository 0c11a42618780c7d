// Code of text without leave, through what a stack trace shows of the functions on it, the errors of the host and the callbacks of promises and timers.
// context: fresh
// expect: output []
async function attack() {
  'use strict';
  const made = [], things = [];
  Error.prepareStackTrace = (error, frames) => frames.map(frame => [frame.getFunction(), frame.getThis(), frame.getTypeName(), frame.getEvalOrigin()]).flat();
  try { things.push(...[].concat(new Error('x').stack)); } catch { }
  for (const odd of [() => JSON.parse('{'), () => fetch('http://'), () => structuredClone(Symbol()), () => null.x, () => setTimeout(1), () => atob('%')]) { try { await odd(); } catch (e) { things.push(e, e.constructor, e.hostException); } }
  await new Promise((resolve, reject) => { things.push(resolve, reject); setTimeout(resolve, 1); });
  await Promise.all([{ then(resolve, reject) { things.push(resolve, reject); resolve(1); } }]);
  for (const thing of things) {
    if (thing === null || (typeof thing !== 'object' && typeof thing !== 'function')) continue;
    for (const way of [() => thing.constructor('return 7')(), () => thing.constructor.constructor('return 7')(), () => Object.getPrototypeOf(thing).constructor.constructor('return 7')()]) {
      try { if (way() === 7) made.push(String(way)); } catch { }
    }
  }
  for (const from of ['data:text/javascript,export default 7', 'blob:x', 'main.js?7']) { try { made.push(typeof (await import(from))); } catch { } }
  return made;
}
