// Processor time in many small turns.
// expect: CpuLimit
// cpuTimeMs: 100
// timeoutMs: 20000
async function attack() { for (;;) { const until = Date.now() + 5; while (Date.now() < until); await new Promise(r => setTimeout(r, 1)); } }
