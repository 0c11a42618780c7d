// The same without strict mode, where assignments fail in silence: declarations, indirect eval and functions made of text.
// codeGeneration: true
// expect: output "undefined undefined undefined"
function attack() {
  try { (0, eval)('var polluted = 1'); } catch { }
  try { new Function('polluted = 1; this.polluted = 1; Object.prototype.polluted = 1')(); } catch { }
  try { (0, eval)('function polluted() {}'); } catch { }
  try { setTimeout(Function('Array.prototype.polluted = 1'), 0); } catch { }
  return `${typeof polluted} ${typeof globalThis.polluted} ${typeof [].polluted}`;
}
