// Timers that outlive their execution and would touch the next.
// expect: output "done"
async function attack() { for (let i = 0; i < 900; i++) setTimeout(() => { throw new Error('too late'); }, 5); setInterval(() => { for (;;); }, 5); return 'done'; }
