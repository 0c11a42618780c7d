// Blob and File as far as they can be made and sent: no streams.
import { utf8fromStringLoose, utf8toStringLoose } from "@exodus/bytes/utf8.js";
import { kit } from "./kit.js";

const bytesOfPart = (part) => {
  if (part instanceof Blob) return bytesOf(part);
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  if (part instanceof ArrayBuffer) return new Uint8Array(part);
  return utf8fromStringLoose(`${part}`);
};

const joined = (parts) => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
};

const typeOf = (type) => {
  const text = `${type ?? ""}`;
  return /^[\x20-\x7e]*$/.test(text) ? text.toLowerCase() : "";
};

let bytesOf, cut;

export class Blob {
  #bytes;
  #type;

  static {
    bytesOf = (blob) => blob.#bytes;
    cut = (blob, start, end, type) => {
      const part = new Blob([], { type });
      part.#bytes = blob.#bytes.slice(start, end);
      return part;
    };
  }

  constructor(parts = [], options = {}) {
    if (typeof parts !== "object" || parts === null || typeof parts[Symbol.iterator] !== "function") throw new TypeError("A Blob is made of a list of parts");
    this.#bytes = joined([...parts].map(bytesOfPart));
    this.#type = typeOf(options?.type);
  }

  get size() {
    return this.#bytes.byteLength;
  }

  get type() {
    return this.#type;
  }

  slice(start = 0, end = this.size, type = "") {
    return cut(this, start, end, type);
  }

  async arrayBuffer() {
    return this.#bytes.slice().buffer;
  }

  async bytes() {
    return this.#bytes.slice();
  }

  async text() {
    const start = this.#bytes[0] === 0xef && this.#bytes[1] === 0xbb && this.#bytes[2] === 0xbf ? 3 : 0;
    return utf8toStringLoose(this.#bytes.subarray(start));
  }

  get [Symbol.toStringTag]() {
    return "Blob";
  }
}

export class File extends Blob {
  #name;
  #lastModified;

  constructor(parts, name, options = {}) {
    super(parts, options);
    if (name === undefined) throw new TypeError("A File needs a name");
    this.#name = `${name}`;
    this.#lastModified = options?.lastModified === undefined ? Date.now() : Math.trunc(+options.lastModified) || 0;
  }

  get name() {
    return this.#name;
  }

  get lastModified() {
    return this.#lastModified;
  }

  get [Symbol.toStringTag]() {
    return "File";
  }
}

kit.bodies.push([(body) => body instanceof Blob, (body) => [kit.latin(bytesOf(body)), body.type || undefined]]);

export { bytesOf, joined };
