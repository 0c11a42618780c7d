// Loading a task and running it.
let main, mainIsAsync = false, needsContext = true, taskName = '', taskVersion = '';

const functionIn = value => {
  if (typeof value === 'function') return value;
  if (value === null || typeof value !== 'object') return undefined;
  return typeof value.main === 'function' ? value.main : typeof value.default === 'function' ? value.default : undefined;
};

// `body` is the task's file as a function over module and exports; it returns what the file's form has as its function.
const load = (body, evaluates) => {
  const module = { exports: {} };
  try {
    const found = evaluates ? withEvalOnce(() => body(module, module.exports)) : body(module, module.exports);
    return choose(functionIn(module.exports) ?? functionIn(found));
  } catch (error) {
    fail(0, error);
    return false;
  }
};

// An ES module's namespace.
const loadModule = namespace => choose(functionIn(namespace.default) ?? functionIn(namespace.main));

const choose = found => {
  if (found === undefined) return false;
  main = found;
  mainIsAsync = tagOf(found) === '[object AsyncFunction]';
  const text = functionText(found);
  // One plain parameter and no `arguments`: the context object would be built for nothing.
  needsContext = found.length !== 1 || indexOf(text, 'arguments') >= 0 || !test(/^(async\s+)?(function\b\s*[\w$]*\s*)?\(?\s*[\w$]+\s*\)?\s*(=>|\{)/, text);
  return true;
};

const contextOf = ids => ({
  executionId: slice(ids, 0, 36),
  jobId: ids[36] === ' ' ? null : slice(ids, 36, 72),
  attempt: +slice(ids, 72),
  taskName,
  taskVersion,
});

// The host's call for one execution: the output as JSON, or undefined when it has been told otherwise or will be.
const run = (id, text, ids) => {
  begin(id, id);
  let value;
  try {
    value = ids === undefined ? main(parse(text)) : main(parse(text), contextOf(ids));
    if (isObject(value) && typeof value.then === 'function') {
      then(settled(value), result => finish(id, result), error => fail(id, error));
      return undefined;
    }
  } catch (error) {
    fail(id, error);
    return undefined;
  }
  forgetRandom(id);
  return outputOf(id, value);
};

const finish = (id, value) => {
  forgetRandom(id);
  const text = outputOf(id, value);
  if (text !== undefined) host.done(id, text);
};

const fail = (id, error) => {
  forgetRandom(id);
  const [name, message, stack, details] = describe(error);
  host.fail(id, 0, name, message, stack, details);
};

const invalid = (id, message, stack) => { host.fail(id, 1, 'InvalidOutput', message, stack, undefined); };

// A task that returns nothing has returned null.
const outputOf = (id, value) => {
  try {
    const text = stringify(value);
    if (text !== undefined) return text;
    if (value === undefined) return 'null';
    invalid(id, `The task returned a ${typeof value}, which JSON cannot carry.`);
  } catch (error) {
    const said = attempt(() => `${error.message}`, '');
    if (startsWith(said, 'Converting circular')) invalid(id, 'The task returned an object that contains itself, which JSON cannot carry.');
    else if (indexOf(said, 'BigInt') >= 0) invalid(id, 'The task returned a BigInt, which JSON cannot carry; return Number(value) or a string.');
    else if (startsWith(said, 'Maximum call stack')) invalid(id, 'The task returned a value that is nested too deeply for JSON.');
    else if (startsWith(said, 'Invalid string length')) invalid(id, 'The task returned a value that is too large for JSON.');
    else invalid(id, `The value that the task returned could not be turned into JSON: ${said}`, describe(error)[2]);
  }
  return undefined;
};

// Forget the timers of an ended run.
const drop = id => {
  forgetRandom(id);
  const dead = [];
  mapEach(timers, (timer, key) => { if (timer.run === id) push(dead, key); });
  for (let i = 0; i < dead.length; i++) mapDelete(timers, dead[i]);
};
