// prepareStackTrace that throws, never ends or returns anything but text, for the error that fails the execution.
// context: fresh
// expect: TaskError MineError
function attack() {
  Error.prepareStackTrace = () => ({ toString() { throw new Error('x'); }, length: 1e9 });
  Error.stackTraceLimit = 1e9;
  const e = new Error('m'); e.name = 'MineError';
  throw e;
}
