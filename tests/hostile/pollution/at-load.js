// Code outside of the function may patch built-in objects of its own task: the prelude does not use them.
// expect: output [["x"],"[object Object]","42"]
// same: TaskError Error
Array.prototype.push = function () { throw new Error('patched'); };
Map.prototype.get = () => { throw new Error('patched'); };
String.prototype.split = () => { throw new Error('patched'); };
Promise.prototype.then = () => { throw new Error('patched'); };
Array.prototype.sort = () => { throw new Error('patched'); };
JSON.stringify = () => '"patched"';
function attack() { console.log({ a: [1, new Map([[1, 2]])] }); return [['x'], `${{}}`, structuredClone('42')]; }
