// The clock is read a million times: what is noted of it is bounded.
// expect: output "read"
function attack() { for (let i = 0; i < 1e6; i++) { Date.now(); performance.now(); } return 'read'; }
