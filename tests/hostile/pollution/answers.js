// What fetch answers, and the classes behind it.
// server: yes
// input: {"url":"SERVER/ok"}
// expect: output [false,false,false,"fine"]
async function attack(input) {
  'use strict';
  const answer = await fetch(input.url);
  const tried = f => { try { f(); return true; } catch { return false; } };
  return [
    tried(() => { Object.getPrototypeOf(answer).json = () => 'mine'; }), tried(() => { Object.getPrototypeOf(answer.headers).get = () => 'mine'; }),
    tried(() => { Object.getPrototypeOf(Object.getPrototypeOf(answer)).polluted = 1; }), await (await fetch(input.url)).text(),
  ];
}
