// Code made of text. V8 has a switch for it that ClearScript does not reach, so the ways in are closed one by one: the global eval, and the constructors of
// the four kinds of functions, to which every function leads by its prototype.
const realEval = globalThis.eval, SafeEvalError = EvalError;
let codeGeneration = true;

const refuseText = name => { throw new SafeEvalError(`${name} makes code of text, which this task may not; set execution.codeGeneration to true in its metadata if it must`); };

// As eval itself does, it hands back what is no text.
const closedEval = { eval(text) { return typeof text === 'string' ? refuseText('eval') : text; } }.eval;
const closeEval = () => { defineProperty(globalThis, 'eval', { value: closedEval, writable: true, enumerable: false, configurable: true }); };

const closeConstructor = (instance, parent) => {
  const prototype = getPrototypeOf(instance), { name } = prototype.constructor;
  const closed = { [name]: function () { return refuseText(name); } }[name];
  // instanceof goes on as it did, and there is no way from here to the one that was.
  defineProperty(closed, 'prototype', { value: prototype, writable: false });
  defineProperty(closed, 'length', { value: 1, configurable: true });
  if (parent !== undefined) setPrototypeOf(closed, parent);
  defineProperty(prototype, 'constructor', { value: closed });
  return closed;
};

// Before any code of the task has run.
const forbidCodeGeneration = () => {
  codeGeneration = false;
  const closed = closeConstructor(function () {});
  define('Function', closed);
  for (const instance of [async () => {}, function* () {}, async function* () {}]) closeConstructor(instance, closed);
  closeEval();
};

// A file whose last statement is its function is evaluated by one direct eval of ours: the name means the real one when it is first asked for, which that eval does
// before anything of the file runs, and never again.
const withEvalOnce = run => {
  if (codeGeneration) return run();
  defineProperty(globalThis, 'eval', { get: () => { closeEval(); return realEval; }, enumerable: false, configurable: true });
  try { return run(); } finally { if (getOwnPropertyDescriptor(globalThis, 'eval')?.get !== undefined) closeEval(); }
};
