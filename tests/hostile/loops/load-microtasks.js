// Microtasks without end, begun while the task is loaded.
// raw: yes
// expect: Timeout
// slow: yes
// same: Timeout
const again = () => queueMicrotask(again);
again();
function main() { return 1; }
