// setTimeout(0) that sets itself anew.
// expect: Timeout
// timeoutMs: 300
async function attack() { await new Promise(() => { const again = () => setTimeout(again, 0); again(); }); }
