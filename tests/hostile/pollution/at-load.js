// Code outside of the function may patch built-in objects of its own task: the prelude does not use them.
// expect: output [["x"],"[object Object]","42"]
// same: output
const before = JSON.stringify;
Array.prototype.push = function () { throw new Error('patched'); };
Map.prototype.get = () => { throw new Error('patched'); };
String.prototype.split = () => { throw new Error('patched'); };
Promise.prototype.then = () => { throw new Error('patched'); };
JSON.stringify = () => '"patched"';
JSON.parse = () => ({});
function innocent() { return 'of a task that is nobody\'s but its own'; }
function attack() { console.log({ a: [1, new Map([[1, 2]])] }); return [['x'], `${{}}`, structuredClone('42')]; }
