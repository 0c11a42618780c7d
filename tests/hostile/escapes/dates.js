// Dates at the ends of time, and a clock that somebody tries to turn.
// expect: output [true,true,true]
function attack() {
  const before = Date.now();
  try { Date.now = () => 0; } catch { }
  class Mine extends Date { constructor(...a) { super(...a); } }
  const odd = [new Date(-8.64e15).toISOString(), new Date('+275760-09-13T00:00:00Z').getTime(), Date.UTC(1e9), Date.parse('x'.repeat(1e6))];
  return [Date.now() >= before, new Mine().getTime() >= before, odd.length === 4 && `${Reflect.construct(Date, [0], class { })}` !== ''];
}
