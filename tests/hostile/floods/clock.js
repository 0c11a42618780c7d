// The clock is read two hundred thousand times: what is noted of it is bounded.
// expect: output "read"
function attack() { for (let i = 0; i < 1e5; i++) { Date.now(); performance.now(); } return 'read'; }
