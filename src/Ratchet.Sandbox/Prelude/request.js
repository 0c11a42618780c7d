// A script's request, as the host takes it.
// The body as [text, is it bytes, its content type].
const bodyOf = body => {
  if (body === undefined || body === null) return [undefined, false, undefined];
  if (typeof body === 'string') return [body, false, 'text/plain;charset=UTF-8'];
  const bytes = bytesUnder(body);
  if (bytes !== undefined) return [latin(bytes), true, undefined];
  const encoded = web === null ? undefined : web.encode(body);
  if (encoded !== undefined) return [encoded[0], true, encoded[1]];
  const text = stringify(body);
  if (text === undefined) throw new TypeError('the body of a request is text, bytes, URLSearchParams, FormData, a Blob or a value that JSON can carry');
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
  // Headers, a Map and lists of pairs are iterated; the keys of any other object are names.
  if (isObject(headers) && typeof headers[Symbol.iterator] === 'function') for (const pair of headers) add(pair[0], pair[1]);
  else if (isObject(headers)) {
    const names = keys(headers);
    for (let i = 0; i < names.length; i++) if (headers[names[i]] !== undefined) add(names[i], headers[names[i]]);
  }
  if (!typed && type !== undefined) add('content-type', type);
  return lines;
};

const requestOf = (url, options, body) => {
  const given = isObject(options) ? options : {};
  if (given.redirect !== undefined && given.redirect !== 'follow') throw new TypeError(`redirect: '${given.redirect}' is not supported; redirects are followed`);
  const [text, binary, type] = bodyOf(body === undefined ? given.body : body);
  const method = given.method === undefined ? (text === undefined ? 'GET' : 'POST') : toUpperCase(`${given.method}`);
  return [method, `${url}`, headerLines(given.headers, type), text, binary];
};

const signalOf = options => {
  const signal = isObject(options) ? options.signal : undefined;
  if (signal === undefined || signal === null) return undefined;
  if (web === null || !web.isSignal(signal)) throw new TypeError("fetch's signal is not an AbortSignal");
  return signal;
};
