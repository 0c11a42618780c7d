// setInterval: a timer that sets itself anew, before its callback runs. Its number is its first timer's, and stays its number.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;
const intervals = new Map();

define('setInterval', (callback, delay, ...args) => {
  if (typeof callback !== 'function') throw new TypeError('setInterval needs a function');
  const tick = () => {
    mapSet(intervals, id, { run: current, timer: startTimer(tick, delay) });
    apply(callback, undefined, args);
  };
  const id = startTimer(tick, delay);
  mapSet(intervals, id, { run: current, timer: id });
  return id;
});

// One for both kinds, as in the HTML standard (8.6 Timers).
const clearAny = id => {
  const interval = mapGet(intervals, id);
  mapDelete(intervals, id);
  stopTimer(interval === undefined ? id : interval.timer);
};
define('clearInterval', clearAny);
define('clearTimeout', clearAny);

// Forget what an ended run has left.
const dropIntervals = run => {
  const dead = [];
  mapEach(intervals, (interval, id) => { if (interval.run === run) push(dead, id); });
  for (let i = 0; i < dead.length; i++) mapDelete(intervals, dead[i]);
};
