// setTimeout for async tasks. A synchronous task has ended before any timer of it could fire.
const TIMERS = 1_000;
const timers = new Map();

define('setTimeout', (callback, delay, ...args) => {
  if (typeof callback !== 'function') throw new TypeError('setTimeout needs a function');
  if (mapSize(timers) >= TIMERS) throw new RangeError(`more than ${TIMERS} timers at once`);
  const wait = +delay;
  const id = host.timer(wait >= 1 ? min(wait, 2_147_483_647) : 1);
  mapSet(timers, id, { run: current, callback, args });
  return id;
});
define('clearTimeout', id => { if (mapDelete(timers, id)) host.clear(id); });
define('queueMicrotask', callback => {
  if (typeof callback !== 'function') throw new TypeError('queueMicrotask needs a function');
  const run = current;
  then(settled(), () => { try { callback(); } catch (error) { fail(run, error); } });
});

// The host's call when a timer is due.
const fire = (run, id) => {
  const timer = mapGet(timers, id);
  if (timer === undefined) return;
  mapDelete(timers, id);
  current = run;
  try { apply(timer.callback, undefined, timer.args); } catch (error) { fail(run, error); }
};
