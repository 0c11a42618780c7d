// FormData, and its form as a request's body: multipart/form-data (RFC 7578, and the HTML standard's "multipart/form-data encoding algorithm").
import { utf8fromStringLoose } from "@exodus/bytes/utf8.js";
import { Blob, File, bytesOf, joined } from "./blob.js";
import { kit } from "./kit.js";

const BOUNDARY_BYTES = 12;

const asFile = (value, name) => {
  if (value instanceof File && name === undefined) return value;
  return new File([value], name ?? "blob", { type: value.type, lastModified: value.lastModified });
};

const entry = (name, value, fileName) => {
  if (value instanceof Blob) return [`${name}`.toWellFormed(), asFile(value, fileName)];
  if (fileName !== undefined) throw new TypeError("Only a Blob or a File has a file name");
  return [`${name}`.toWellFormed(), `${value}`.toWellFormed()];
};

let multipart;

export class FormData {
  #entries = [];

  static {
    multipart = (form) => {
      const boundary = `----ratchet${[...kit.random(BOUNDARY_BYTES)].map((c) => c.charCodeAt(0).toString(16).padStart(2, "0")).join("")}`;
      const parts = [];
      for (const [name, value] of form.#entries) parts.push(utf8fromStringLoose(`--${boundary}\r\n${headOf(name, value)}\r\n\r\n`), contentOf(value), utf8fromStringLoose("\r\n"));
      parts.push(utf8fromStringLoose(`--${boundary}--\r\n`));
      return [kit.latin(joined(parts)), `multipart/form-data; boundary=${boundary}`];
    };
  }

  constructor(form) {
    if (form !== undefined) throw new TypeError("There are no forms here that FormData could be made of");
  }

  append(name, value, fileName) {
    this.#entries.push(entry(name, value, fileName));
  }

  set(name, value, fileName) {
    const made = entry(name, value, fileName);
    const first = this.#entries.findIndex(([other]) => other === made[0]);
    if (first < 0) this.#entries.push(made);
    else this.#entries = this.#entries.filter(([other], i) => i === first || other !== made[0]).with(first, made);
  }

  get(name) {
    return this.#entries.find(([other]) => other === `${name}`)?.[1] ?? null;
  }

  getAll(name) {
    return this.#entries.filter(([other]) => other === `${name}`).map(([, value]) => value);
  }

  has(name) {
    return this.#entries.some(([other]) => other === `${name}`);
  }

  delete(name) {
    this.#entries = this.#entries.filter(([other]) => other !== `${name}`);
  }

  forEach(callback, self) {
    for (const [name, value] of this.#entries) callback.call(self, value, name, this);
  }

  *entries() {
    for (const [name, value] of this.#entries) yield [name, value];
  }

  *keys() {
    for (const [name] of this.#entries) yield name;
  }

  *values() {
    for (const [, value] of this.#entries) yield value;
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  get [Symbol.toStringTag]() {
    return "FormData";
  }
}

const escaped = (name) => name.replace(/\r\n|\r|\n/g, "%0D%0A").replaceAll('"', "%22");

const headOf = (name, value) => {
  const field = `Content-Disposition: form-data; name="${escaped(name)}"`;
  if (typeof value === "string") return field;
  return `${field}; filename="${escaped(value.name)}"\r\nContent-Type: ${value.type || "application/octet-stream"}`;
};

const contentOf = (value) => typeof value === "string" ? utf8fromStringLoose(value.replace(/\r\n|\r|\n/g, "\r\n")) : bytesOf(value);

kit.bodies.push([(body) => body instanceof FormData, multipart]);
