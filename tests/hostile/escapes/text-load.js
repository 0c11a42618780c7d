// Code of text while the file is loaded, in the form that is evaluated itself: its last statement is its function.
// raw: yes
// expect: output ["EvalError","EvalError","EvalError","EvalError","EvalError"]
// same: output ["EvalError","EvalError","EvalError","EvalError","EvalError"]
const said = [];
const note = make => { try { make(); said.push('made'); } catch (e) { said.push(e.name); } };
note(() => eval('7'));
note(() => (0, eval)('7'));
note(() => Function('return 7')());
note(() => new (async () => {}).constructor('return 7'));
const kept = eval;
(function (input) { if (said.length === 4) note(() => kept('7')); return said; })
