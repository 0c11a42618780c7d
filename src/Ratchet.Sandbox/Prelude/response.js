// What fetch answers: a plain object with readers of its body. A body that is not UTF-8 is kept as bytes (bytes.js), any other as text.
const now = f => f();
const promised = f => { try { return settled(f()); } catch (error) { return rejected(error); } };
const sort = uncurry(Array.prototype.sort);
const iterate = uncurry(Array.prototype[Symbol.iterator]);

const headerName = name => toLowerCase(`${name}`);

// Each header as a property with its name in lower case, and the methods of Headers. A header that is called as one of them is reached by get() alone.
class AnswerHeaders {
  #values = new SafeMap();
  #cookies = [];

  constructor(lines) {
    for (let i = 0; i < lines.length; i++) {
      const colon = indexOf(lines[i], ':'), name = toLowerCase(slice(lines[i], 0, colon)), value = slice(lines[i], colon + 1);
      if (name === 'set-cookie') push(this.#cookies, value);
      const before = mapGet(this.#values, name), all = before === undefined ? value : `${before}, ${value}`;
      mapSet(this.#values, name, all);
      if (!has(AnswerHeaders.prototype, name)) defineProperty(this, name, { value: all, writable: true, enumerable: true, configurable: true });
    }
  }

  #pairs() {
    const names = [], pairs = [];
    mapEach(this.#values, (_, name) => push(names, name));
    sort(names);
    for (let i = 0; i < names.length; i++) {
      if (names[i] !== 'set-cookie') push(pairs, [names[i], mapGet(this.#values, names[i])]);
      else for (let c = 0; c < this.#cookies.length; c++) push(pairs, [names[i], this.#cookies[c]]);
    }
    return pairs;
  }

  #column(index) {
    const pairs = this.#pairs();
    for (let i = 0; i < pairs.length; i++) pairs[i] = pairs[i][index];
    return iterate(pairs);
  }

  get(name) { return mapGet(this.#values, headerName(name)) ?? null; }
  has(name) { return mapHas(this.#values, headerName(name)); }
  getSetCookie() {
    const copy = [];
    for (let i = 0; i < this.#cookies.length; i++) push(copy, this.#cookies[i]);
    return copy;
  }
  forEach(callback, self) {
    const pairs = this.#pairs();
    for (let i = 0; i < pairs.length; i++) apply(callback, self, [pairs[i][1], pairs[i][0], this]);
  }
  keys() { return this.#column(0); }
  values() { return this.#column(1); }
  entries() { return iterate(this.#pairs()); }
  [Symbol.iterator]() { return iterate(this.#pairs()); }
}
// Nothing but headers and those methods is to be found on it.
delete AnswerHeaders.prototype.constructor;
Object.setPrototypeOf(AnswerHeaders.prototype, null);

const parsedBody = (type, text) => {
  const typed = typeof type === 'string' && test(/[/+]json\b/i, type);
  if (!typed && !test(/^\s*[[{]/, text)) return text;
  return attempt(() => parse(text), text);
};

const withoutMark = text => text[0] === '\uFEFF' ? slice(text, 1) : text;

class Response {
  #parts;
  #wrap;

  // `parts` is { status, statusText, url, lines, raw, binary }; `wrap` makes of a reader's value what the form of fetch returns.
  constructor(parts, wrap) {
    this.#parts = parts;
    this.#wrap = wrap;
    this.ok = parts.status >= 200 && parts.status < 300;
    this.status = parts.status;
    this.statusText = parts.statusText;
    this.url = parts.url;
    this.headers = new AnswerHeaders(parts.lines);
    if (!parts.binary) this.body = parsedBody(this.headers.get('content-type'), withoutMark(parts.raw));
    else defineProperty(this, 'body', { get: () => parsedBody(this.headers.get('content-type'), this.#text()), enumerable: true, configurable: true });
  }

  #text() { return withoutMark(this.#parts.binary ? host.decode(this.#parts.raw) : this.#parts.raw); }
  #bytes() { return bytesFrom(this.#parts.binary ? this.#parts.raw : host.encode(this.#parts.raw)); }

  #json() {
    const text = this.#text();
    try {
      return parse(text);
    } catch (error) {
      const what = text === '' ? 'an empty body' : `a body that is not JSON: ${error.message}`;
      throw new SyntaxError(`${this.#parts.url} answered ${this.#parts.status} with ${what}`);
    }
  }

  json() { return this.#wrap(() => this.#json()); }
  text() { return this.#wrap(() => this.#text()); }
  bytes() { return this.#wrap(() => this.#bytes()); }
  arrayBuffer() { return this.#wrap(() => this.#bytes().buffer); }
  clone() { return new Response(this.#parts, this.#wrap); }
}

// "status\nstatus text\nurl\nencoding\nnumber of headers\nname:value\n...body".
const responseOf = (reply, wrap) => {
  let at = 0;
  const line = () => { const end = indexOf(reply, '\n', at), text = slice(reply, at, end); at = end + 1; return text; };
  const parts = { status: +line(), statusText: line(), url: line(), binary: line() === 'latin1', lines: [], raw: '' };
  for (let count = +line(); count > 0; count--) push(parts.lines, line());
  parts.raw = slice(reply, at);
  return new Response(parts, wrap);
};

// "!Name\nmessage".
const fetchErrors = { NetworkError, TimeoutError, ConfigurationError, FetchLimitError };
const errorOf = reply => {
  const end = indexOf(reply, '\n'), name = slice(reply, 1, end);
  return new (has(fetchErrors, name) ? fetchErrors[name] : NetworkError)(slice(reply, end + 1));
};
