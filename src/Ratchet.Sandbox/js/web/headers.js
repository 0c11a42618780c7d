import { Headers as Kept } from "headers-polyfill";

// The package stores, combines and iterates. What the Fetch standard says of values that are no headers it leaves out: it ignores them, numbers among them,
// and takes the names of Object.prototype for headers. So names and values are checked and made text here before it sees them.
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

const nameOf = (name) => {
  const text = `${name}`;
  if (!TOKEN.test(text)) throw new TypeError(`'${text}' is not the name of a header`);
  return text.toLowerCase();
};

const valueOf = (name, value) => {
  const text = `${value}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  // The package drops what trim() would change.
  if (/[\0\n\r]|[^\0-\xff]/.test(text) || text.trim() !== text) throw new TypeError(`The value of the header '${name}' has a line break, or a character beyond Latin-1, which a header cannot carry`);
  return text;
};

const own = Object.hasOwn;
const storePrototype = Object.assign(Object.create(null), { hasOwnProperty(name) { return own(this, name); } });

export class Headers extends Kept {
  constructor(init) {
    super();
    for (const key of Object.getOwnPropertySymbols(this)) {
      const value = this[key];
      if (Object.getPrototypeOf(value) === Object.prototype) Object.setPrototypeOf(value, storePrototype);
      Object.defineProperty(this, key, { enumerable: false });
    }
    if (init === undefined) return;
    if ((typeof init !== "object" && typeof init !== "function") || init === null) throw new TypeError("Headers are made of headers, of pairs or of an object");
    if (typeof init[Symbol.iterator] === "function") {
      for (const pair of init) {
        const [name, value, ...rest] = pair;
        if (value === undefined || rest.length > 0) throw new TypeError("Each header is a pair of a name and a value");
        this.append(name, value);
      }
    } else {
      for (const name of Object.keys(init)) this.append(name, init[name]);
    }
  }

  append(name, value) {
    super.append(nameOf(name), valueOf(name, value));
  }

  set(name, value) {
    super.set(nameOf(name), valueOf(name, value));
  }

  get(name) {
    return super.get(nameOf(name));
  }

  has(name) {
    return super.has(nameOf(name));
  }

  delete(name) {
    super.delete(nameOf(name));
  }

  // In the order of code units, as the standard has it; the package's follows a language's alphabet.
  *entries() {
    const names = [];
    for (const [name] of super.entries()) if (names.at(-1) !== name) names.push(name);
    for (const name of names.sort()) {
      if (name === "set-cookie") for (const value of this.getSetCookie()) yield [name, value];
      else yield [name, this.get(name)];
    }
  }
}
