// Random bytes again and again, and more at once than there may be.
// expect: output true
function attack() { for (let i = 0; i < 30; i++) crypto.getRandomValues(new Uint8Array(65536)); try { crypto.getRandomValues(new Uint8Array(65537)); return false; } catch (e) { return e.name === 'QuotaExceededError'; } }
