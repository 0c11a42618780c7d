// An async generator without end.
// expect: Timeout
// timeoutMs: 200
async function attack() { async function* all() { for (let i = 0; ; i++) yield i; } for await (const value of all()) if (value < 0) return value; }
