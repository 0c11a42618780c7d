// A string longer than V8 makes them.
// expect: TaskError RangeError
// heapMb: 16
function attack() { let s = 'x'.repeat(1 << 10); for (;;) s += s; }
