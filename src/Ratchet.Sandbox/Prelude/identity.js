// Whose code is executing. V8 keeps one value for its embedder and carries it over every await and every then to what goes on there: the number of the execution. So what one execution
// lets go on of another (they may share a promise) is still that other's: its log, its calls, its timers.
host.extras();
const extras = globalThis['ratchet:extras'];
delete globalThis['ratchet:extras'];
const { getContinuationPreservedEmbedderData: whose, setContinuationPreservedEmbedderData: goOnAs } = extras;
// Top-level code is nobody's.
goOnAs(undefined);

// The execution in whose turn code executes, and the one that the host was last told.
let turn = 0, current = 0;

// The host's call begins: `owner` is whose timer or answer it is, which may have ended while others wait for it.
const begin = (run, owner) => {
  turn = current = run;
  goOnAs(owner);
};

// To be asked before any call of the host that is about an execution.
const here = () => {
  const owner = whose() ?? turn;
  if (owner !== current) {
    current = owner;
    host.enter(owner);
  }
  return owner;
};
