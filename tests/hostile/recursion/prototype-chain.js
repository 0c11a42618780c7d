// A Proxy as a prototype whose chain never ends, shown by console.
// expect: Timeout or output
// timeoutMs: 300
function attack() { const endless = new Proxy({}, { getPrototypeOf: () => endless }); console.log(endless); return 1; }
