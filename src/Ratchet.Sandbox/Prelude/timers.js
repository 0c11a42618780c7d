// setTimeout for async tasks. A synchronous task has ended before any timer of it could fire.
const TIMERS = 1_000, ENDED = -2;
const timers = new Map();
// Numbers count from 1 in each run, so that a run sees the same ones whatever else its process does.
const TIMERS_OF_A_RUN = 1_048_576;
const timerKey = (run, number) => run * TIMERS_OF_A_RUN + number;

define('setTimeout', (callback, delay, ...args) => {
  if (typeof callback !== 'function') throw new TypeError('setTimeout needs a function');
  if (mapSize(timers) >= TIMERS) throw new RangeError(`more than ${TIMERS} timers at once`);
  const wait = +delay, run = here();
  const number = host.timer(wait >= 1 ? min(wait, 2_147_483_647) : 1);
  // While a task is being loaded there is no run that it could wake.
  if (number === 0) return 0;
  if (number === ENDED) throw new Error('setTimeout: the execution that this code belongs to has ended');
  if (number < 0) throw new RangeError(`more than ${TIMERS_OF_A_RUN - 1} timers in one run`);
  mapSet(timers, timerKey(run, number), { run, callback, args });
  return number;
});
define('clearTimeout', number => {
  if (typeof number === 'number' && mapDelete(timers, timerKey(here(), number))) host.clear(number);
});
define('queueMicrotask', callback => {
  if (typeof callback !== 'function') throw new TypeError('queueMicrotask needs a function');
  const run = here();
  then(settled(), () => { try { callback(); } catch (error) { fail(run, error); } });
});

// The host's call when a timer is due.
const fire = (run, number) => {
  const key = timerKey(run, number), timer = mapGet(timers, key);
  if (timer === undefined) return;
  mapDelete(timers, key);
  begin(run, run);
  try { apply(timer.callback, undefined, timer.args); } catch (error) { fail(run, error); }
};
