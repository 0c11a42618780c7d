// An error whose causes have no end.
// expect: TaskError Error
function attack() { const e = new Error('round'); e.cause = e; throw e; }
