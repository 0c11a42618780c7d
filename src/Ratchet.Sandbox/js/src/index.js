import { createApi } from "./core.js";

Object.defineProperty(globalThis, "ratchetSchema", { value: createApi() });
