// What the host may call.
return {
  load, loadModule, run, fire, reply, drop, harden,
  task: (name, version) => { taskName = name; taskVersion = version; },
  wantsContext: () => needsContext,
};
