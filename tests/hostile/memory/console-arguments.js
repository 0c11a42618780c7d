// console is given what takes much memory to show.
// expect: output "shown"
// slow: yes
// heapMb: 256
function attack() {
  const long = 'x'.repeat(1 << 20), wide = Array.from({ length: 1e4 }, (_, i) => ({ i })), many = {};
  for (let i = 0; i < 1e4; i++) many[`key${i}`] = i;
  console.log(long, wide, many, new Map(wide.map(w => [w, w])), new Set(wide), new Uint8Array(1 << 20));
  console.log('%s %o %j', long, wide, wide);
  console.log(...Array(1e3).fill('many'));
  return 'shown';
}
