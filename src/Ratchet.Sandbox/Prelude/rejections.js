// Rejected promises that nothing handles, by what V8 tells of them. They fail their execution when its result is there, so that a handler may come late.
const HANDLED = 1;
const unhandled = new Map();

extras.rejected = (event, promise, error) => {
  if (event === HANDLED) {
    const known = mapGet(unhandled, promise);
    if (known === undefined) return;
    mapDelete(unhandled, promise);
    host.handled(known.run);
    return;
  }
  const run = whose() ?? turn;
  if (host.rejected(run)) mapSet(unhandled, promise, { run, error });
};

const takeUnhandled = run => {
  const found = [];
  mapEach(unhandled, (rejection, promise) => { if (rejection.run === run) push(found, { promise, error: rejection.error }); });
  for (let i = 0; i < found.length; i++) mapDelete(unhandled, found[i].promise);
  return found;
};

// The host's call when an execution has ended with some.
const judge = run => {
  const found = takeUnhandled(run);
  for (let i = 0; i < found.length; i++) {
    const [name, message, stack, details] = describe(found[i].error);
    host.fail(run, 2, name, message, stack, details);
  }
};

const dropRejections = run => { if (mapSize(unhandled) > 0) takeUnhandled(run); };
