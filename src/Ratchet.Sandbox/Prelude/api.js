// What the host may call.
return {
  load, loadModule, run, fire, reply, judge, harden, useWeb, forbidCodeGeneration,
  drop: id => {
    drop(id);
    dropIntervals(id);
    dropRejections(id);
  },
  task: (name, version) => { taskName = name; taskVersion = version; },
  wantsContext: () => needsContext,
};
