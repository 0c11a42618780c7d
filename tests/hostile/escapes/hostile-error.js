// An error whose name, message, stack, cause and constructor throw when they are read.
// expect: TaskError
function attack() {
  const e = new Error('x'), bad = { get() { throw new Error('no'); }, configurable: true };
  for (const key of ['name', 'message', 'stack', 'cause', 'constructor', 'status', 'retryAfter', 'toString', Symbol.toStringTag]) { try { Object.defineProperty(e, key, bad); } catch { } }
  throw e;
}
