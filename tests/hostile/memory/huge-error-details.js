// An error whose other properties are large.
// expect: TaskError Error
// heapMb: 128
function attack() { throw Object.assign(new Error('m', { cause: 'c'.repeat(2 << 20) }), { status: 's'.repeat(2 << 20), retryAfter: 'r'.repeat(2 << 20) }); }
