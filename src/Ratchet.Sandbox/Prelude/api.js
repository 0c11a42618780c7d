// What the host may call.
return {
  load, loadModule, run, fire, reply, harden, useWeb, forbidCodeGeneration,
  drop: id => {
    drop(id);
    dropIntervals(id);
    dropCalls(id);
  },
  task: (name, version) => { taskName = name; taskVersion = version; },
  wantsContext: () => needsContext,
};
