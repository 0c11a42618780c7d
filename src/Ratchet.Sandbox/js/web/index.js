// The Web APIs that a task's code may name. The sandbox loads this into a context whose main.js mentions one of them, and each part is evaluated
// only when its name is: hence require, not import.
import { kit } from "./kit.js";

const parts = {
  URL: () => require("./url.js").URL,
  URLSearchParams: () => require("./url.js").URLSearchParams,
  TextEncoder: () => require("./text.js").TextEncoder,
  TextDecoder: () => require("./text.js").TextDecoder,
  Headers: () => require("./headers.js").Headers,
  Event: () => require("./events.js").Event,
  EventTarget: () => require("./events.js").EventTarget,
  AbortController: () => require("./abort.js").AbortController,
  AbortSignal: () => require("./abort.js").AbortSignal,
  Blob: () => require("./blob.js").Blob,
  File: () => require("./blob.js").File,
  FormData: () => require("./form-data.js").FormData,
  atob: () => require("./base64.js").atob,
  btoa: () => require("./base64.js").btoa
};

// `host` is what the prelude lends: see kit.js. The result is what it asks back.
export const create = (host) => {
  Object.assign(kit, host);
  return {
    // The bundler shortens names; this one is seen, in logs and in errors.
    make: (name) => Object.defineProperty(parts[name](), "name", { value: name, configurable: true }),
    // [bytes as Latin-1 text, content type or undefined] of a body that is one of ours, else undefined.
    encode: (body) => {
      for (const [isMine, encode] of kit.bodies) if (isMine(body)) return encode(body);
      return undefined;
    },
    isSignal: (value) => kit.signals?.isSignal(value) === true,
    onAbort: (signal, then) => kit.signals.onAbort(signal, then),
    // Objects that a task can reach through a value and not from the global object: they are to be frozen too.
    hidden: () => kit.hidden
  };
};
