// Microtasks without end, begun while the task is loaded.
// raw: yes
// expect: Timeout
// same: Timeout
const again = () => queueMicrotask(again);
again();
function main() { return 1; }
