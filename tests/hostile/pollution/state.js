// What a task keeps between executions is its own affair; nobody else sees it.
// expect: output 1
const kept = { secret: 0 };
function attack() { kept.secret++; return kept.secret; }
