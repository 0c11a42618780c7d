// fetch(url, options?, body?): answered at once for a task that is not async, by a promise for one that is. The host makes the request.
const SafePromise = Promise;
const calls = new Map();

const fetchNow = (request, signal) => {
  if (signal !== undefined && signal.aborted) throw signal.reason;
  const reply = apply(host.fetchNow, undefined, request);
  if (reply[0] === '!') throw errorOf(reply);
  return responseOf(reply, now);
};

const fetchLater = (request, signal) => new SafePromise((resolve, reject) => {
  if (signal !== undefined && signal.aborted) {
    reject(signal.reason);
    return;
  }
  const id = apply(host.fetch, undefined, request);
  if (typeof id === 'string') {
    reject(errorOf(id));
    return;
  }
  const call = { run: current, resolve, reject, leave: undefined };
  mapSet(calls, id, call);
  if (signal !== undefined) call.leave = web.onAbort(signal, () => {
    if (!mapDelete(calls, id)) return;
    host.abort(id);
    reject(signal.reason);
  });
});

define('fetch', (url, options, body) => {
  if (!mainIsAsync) return fetchNow(requestOf(url, options, body), signalOf(options));
  try { return fetchLater(requestOf(url, options, body), signalOf(options)); } catch (error) { return rejected(error); }
});

const takeCall = id => {
  const call = mapGet(calls, id);
  if (call === undefined) return undefined;
  mapDelete(calls, id);
  if (call.leave !== undefined) call.leave();
  return call;
};

// The host's call when an answer is there.
const reply = (run, id, text) => {
  const call = takeCall(id);
  if (call === undefined) return;
  current = run;
  if (text[0] === '!') call.reject(errorOf(text));
  else call.resolve(responseOf(text, promised));
};

// Forget what an ended run was waiting for.
const dropCalls = run => {
  const dead = [];
  mapEach(calls, (call, id) => { if (call.run === run) push(dead, id); });
  for (let i = 0; i < dead.length; i++) takeCall(dead[i]);
};
