// prepareStackTrace set outside of the function, where the task is not frozen yet.
// expect: TaskError
// same: output
Error.prepareStackTrace = (error, sites) => sites.map(site => [site.getThis && site.getThis(), site.getFunction && site.getFunction()]);
function attack() { throw new Error('m'); }
