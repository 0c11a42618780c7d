// fetch(url, options?, body?): answered at once for a task that is not async, by a promise for one that is. The host makes the request.
const SafePromise = Promise;
const calls = new Map();

const fetchNow = (request, signal) => {
  if (signal !== undefined && signal.aborted) throw signal.reason;
  here();
  const reply = apply(host.fetchNow, undefined, request);
  if (reply[0] === '!') throw errorOf(reply);
  return responseOf(reply, now);
};

const fetchLater = (request, signal) => new SafePromise((resolve, reject) => {
  if (signal !== undefined && signal.aborted) {
    reject(signal.reason);
    return;
  }
  const run = here(), id = apply(host.fetch, undefined, request);
  if (typeof id === 'string') {
    reject(errorOf(id));
    return;
  }
  const call = { run, resolve, reject, leave: undefined };
  mapSet(calls, id, call);
  if (signal !== undefined) call.leave = web.onAbort(signal, () => {
    if (!mapDelete(calls, id)) return;
    here();
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

// The host's call when an answer is there, in the turn of the execution that made the call or, when that has ended, of another one that may wait for it.
const reply = (run, id, text) => {
  const call = takeCall(id);
  if (call === undefined) return;
  begin(run, call.run);
  if (text[0] === '!') call.reject(errorOf(text));
  else call.resolve(responseOf(text, promised));
};
