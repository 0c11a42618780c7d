// setInterval: a timer that sets itself anew, before its callback runs. Its number is its first timer's, and stays its number.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;
const intervals = new Map();

define('setInterval', (callback, delay, ...args) => {
  if (typeof callback !== 'function') throw new TypeError('setInterval needs a function');
  const number = startTimer(() => tick(), delay), run = here(), key = timerKey(run, number);
  const tick = () => {
    mapSet(intervals, key, { run, timer: startTimer(tick, delay) });
    apply(callback, undefined, args);
  };
  mapSet(intervals, key, { run, timer: number });
  return number;
});

// One for both kinds, as in the HTML standard (8.6 Timers).
const clearAny = number => {
  if (typeof number !== 'number') return;
  const key = timerKey(here(), number), interval = mapGet(intervals, key);
  mapDelete(intervals, key);
  stopTimer(interval === undefined ? number : interval.timer);
};
define('clearInterval', clearAny);
define('clearTimeout', clearAny);

// Forget what an ended run has left.
const dropIntervals = run => {
  const dead = [];
  mapEach(intervals, (interval, key) => { if (interval.run === run) push(dead, key); });
  for (let i = 0; i < dead.length; i++) mapDelete(intervals, dead[i]);
};
