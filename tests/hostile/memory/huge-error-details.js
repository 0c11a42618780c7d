// An error whose other properties are large.
// expect: TaskError Error
function attack() { throw Object.assign(new Error('m', { cause: 'c'.repeat(16 << 20) }), { status: 's'.repeat(16 << 20), retryAfter: 'r'.repeat(16 << 20) }); }
