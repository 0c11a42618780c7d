// Web APIs are fed until the heap is full.
// expect: OutOfMemory or TaskError RangeError
// heapMb: 16
function attack() { const p = new URLSearchParams(), f = new FormData(); for (let i = 0; ; i++) { p.append(`k${i}`, 'v'.repeat(100)); f.append(`k${i}`, new Blob(['x'.repeat(1000)])); } }
