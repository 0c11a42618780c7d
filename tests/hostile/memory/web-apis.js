// Web APIs are fed until memory is used up.
// expect: OutOfMemory or TaskError RangeError
// slow: yes
// heapMb: 16
function attack() { const f = new FormData(); for (let i = 0; ; i++) f.append(`k${i}`, new Blob(['x'.repeat(1e5)])); }
