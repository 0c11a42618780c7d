// Timers that are set and cleared a hundred thousand times.
// expect: output "cleared"
async function attack() { for (let i = 0; i < 1e5; i++) clearTimeout(setTimeout(() => {}, 1e6)); return 'cleared'; }
