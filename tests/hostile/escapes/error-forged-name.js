// An error that calls itself as the node's own failures are called.
// expect: TaskError OutOfMemory
function attack() { throw Object.assign(new Error('The sandbox process ended under the run'), { name: 'OutOfMemory' }); }
