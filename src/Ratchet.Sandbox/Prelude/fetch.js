// fetch(url, options?, body?): answered at once for a task that is not async, by a promise for one that is. The host makes the request.
const calls = new Map();
const headersProto = create(null, {
  get: { value(name) { return this[toLowerCase(`${name}`)] ?? null; } },
  has: { value(name) { return this[toLowerCase(`${name}`)] !== undefined; } },
});

const latin = bytes => {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += fromCharCode(bytes[i]);
  return text;
};

// The body as [text, is it bytes, its content type].
const bodyOf = body => {
  if (body === undefined || body === null) return [undefined, false, undefined];
  if (typeof body === 'string') return [body, false, 'text/plain;charset=UTF-8'];
  if (isBuffer(body)) return [latin(new Uint8Array(body)), true, undefined];
  if (isView(body)) return [latin(new Uint8Array(body.buffer, body.byteOffset, body.byteLength)), true, undefined];
  const text = stringify(body);
  if (text === undefined) throw new TypeError('the body of a request is text, bytes or a value that JSON can carry');
  return [text, false, 'application/json'];
};

const headerLines = (headers, type) => {
  let lines = '', typed = false;
  const add = (name, value) => {
    const pair = [`${name}`, `${value}`];
    if (test(/[\r\n\0]/, pair[0]) || test(/[\r\n\0]/, pair[1]) || indexOf(pair[0], ':') >= 0) throw new TypeError(`'${pair[0]}' is not a header that can be sent`);
    if (toLowerCase(pair[0]) === 'content-type') typed = true;
    lines += `${pair[0]}:${pair[1]}\n`;
  };
  if (isMap(headers)) mapEach(headers, (value, name) => add(name, value));
  else if (isArray(headers)) for (let i = 0; i < headers.length; i++) add(headers[i][0], headers[i][1]);
  else if (isObject(headers)) {
    const names = keys(headers);
    for (let i = 0; i < names.length; i++) if (headers[names[i]] !== undefined) add(names[i], headers[names[i]]);
  }
  if (!typed && type !== undefined) add('content-type', type);
  return lines;
};

const requestOf = (url, options, body) => {
  const given = isObject(options) ? options : {};
  const [text, binary, type] = bodyOf(body === undefined ? given.body : body);
  const method = given.method === undefined ? (text === undefined ? 'GET' : 'POST') : toUpperCase(`${given.method}`);
  return [method, `${url}`, headerLines(given.headers, type), text, binary];
};

// "!Name\nmessage" or "status\nstatus text\nurl\nnumber of headers\nname:value\n...body".
const responseOf = reply => {
  let at = 0;
  const line = () => { const end = indexOf(reply, '\n', at), text = slice(reply, at, end); at = end + 1; return text; };
  const status = +line(), statusText = line(), url = line(), count = +line();
  const headers = create(headersProto);
  for (let i = 0; i < count; i++) {
    const header = line(), colon = indexOf(header, ':'), name = toLowerCase(slice(header, 0, colon)), value = slice(header, colon + 1);
    headers[name] = has(headers, name) ? `${headers[name]}, ${value}` : value;
  }
  const text = slice(reply, at);
  return { ok: status >= 200 && status < 300, status, statusText, url, headers, body: parsedBody(headers['content-type'], text), text };
};

const parsedBody = (type, text) => {
  const typed = typeof type === 'string' && test(/[/+]json\b/i, type);
  if (!typed && !test(/^\s*[[{]/, text)) return text;
  return attempt(() => parse(text), text);
};

const errorOf = reply => {
  const end = indexOf(reply, '\n'), message = slice(reply, end + 1);
  return slice(reply, 1, end) === 'TimeoutError' ? new TimeoutError(message) : new NetworkError(message);
};

const withReaders = (response, wrap) => {
  const { text } = response;
  delete response.text;
  defineProperty(response, 'json', { value: () => wrap(() => parse(text)), enumerable: false });
  defineProperty(response, 'text', { value: () => wrap(() => text), enumerable: false });
  return response;
};

const now = f => f();
const promised = f => { try { return settled(f()); } catch (error) { return rejected(error); } };

const fetchNow = request => {
  const reply = apply(host.fetchNow, undefined, request);
  if (reply[0] === '!') throw errorOf(reply);
  return withReaders(responseOf(reply), now);
};

const fetchLater = request => new SafePromise((resolve, reject) => {
  const id = apply(host.fetch, undefined, request);
  if (id === 0) reject(new NetworkError('too many requests at once: await some of them first'));
  else mapSet(calls, id, { resolve, reject });
});
const SafePromise = Promise;

define('fetch', (url, options, body) => {
  if (!mainIsAsync) return fetchNow(requestOf(url, options, body));
  try { return fetchLater(requestOf(url, options, body)); } catch (error) { return rejected(error); }
});

// The host's call when an answer is there.
const reply = (run, id, text) => {
  const call = mapGet(calls, id);
  if (call === undefined) return;
  mapDelete(calls, id);
  current = run;
  if (text[0] === '!') call.reject(errorOf(text));
  else call.resolve(withReaders(responseOf(text), promised));
};
