// Stacks tell of nothing but main.js.
// expect: output []
function attack() {
  const stacks = [];
  const probe = f => { try { f(); } catch (e) { stacks.push(`${e.stack}`); } };
  probe(() => structuredClone(() => {}));
  probe(() => fetch('nothing'));
  probe(() => crypto.getRandomValues(1));
  probe(() => setTimeout(1));
  probe(() => JSON.parse('{'));
  return stacks.flatMap(stack => stack.split('\n')).filter(line => /\.cs|\.dll|\/work|\/usr|\/home|System\./.test(line));
}
