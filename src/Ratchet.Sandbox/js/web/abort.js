// AbortController and AbortSignal as in the DOM standard, section 3.
import { kit } from "./kit.js";
import { Event, EventTarget, getEventAttributeValue, setEventAttributeValue } from "./events.js";

const KEY = Symbol("AbortSignal");
const MOST_MILLISECONDS = Number.MAX_SAFE_INTEGER;

let abort, follow;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  #algorithms = new Set();

  static {
    // Section 3.2, "signal abort": what the platform does goes before the listeners.
    abort = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason !== undefined ? reason : new kit.DOMException("This operation was aborted", "AbortError");
      const algorithms = [...signal.#algorithms];
      signal.#algorithms.clear();
      for (const algorithm of algorithms) algorithm();
      signal.dispatchEvent(new Event("abort"));
    };
    follow = (signal, then) => {
      signal.#algorithms.add(then);
      return () => { signal.#algorithms.delete(then); };
    };
    kit.signals = { isSignal: (value) => typeof value === "object" && value !== null && #aborted in value, onAbort: follow };
  }

  constructor(key) {
    if (key !== KEY) throw new TypeError("An AbortSignal comes from an AbortController, or from AbortSignal.abort, timeout or any");
    super();
  }

  static abort(reason) {
    const signal = new AbortSignal(KEY);
    abort(signal, reason);
    return signal;
  }

  static timeout(milliseconds) {
    const time = +milliseconds;
    if (!(time >= 0 && time <= MOST_MILLISECONDS)) throw new TypeError("AbortSignal.timeout needs a number of milliseconds that is not negative");
    const signal = new AbortSignal(KEY);
    kit.setTimeout(() => abort(signal, new kit.DOMException("The operation was aborted due to timeout", "TimeoutError")), time);
    return signal;
  }

  static any(signals) {
    const sources = [...signals];
    for (const source of sources) if (!kit.signals.isSignal(source)) throw new TypeError("AbortSignal.any needs a list of AbortSignals");
    const signal = new AbortSignal(KEY);
    const aborted = sources.find((source) => source.aborted);
    if (aborted !== undefined) abort(signal, aborted.reason);
    else {
      const leave = sources.map((source) => follow(source, () => {
        for (const stop of leave) stop();
        abort(signal, source.reason);
      }));
    }
    return signal;
  }

  get aborted() {
    return this.#aborted;
  }

  get reason() {
    return this.#reason;
  }

  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }

  get onabort() {
    return getEventAttributeValue(this, "abort");
  }

  set onabort(listener) {
    setEventAttributeValue(this, "abort", listener);
  }

  get [Symbol.toStringTag]() {
    return "AbortSignal";
  }
}

export class AbortController {
  #signal = new AbortSignal(KEY);

  get signal() {
    return this.#signal;
  }

  abort(reason) {
    abort(this.#signal, reason);
  }

  get [Symbol.toStringTag]() {
    return "AbortController";
  }
}
