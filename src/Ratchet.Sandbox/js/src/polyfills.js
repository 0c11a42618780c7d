// The sandbox has the ECMAScript library only. The validator uses one function beyond it, on parsed JSON.
globalThis.structuredClone ??= (value) => JSON.parse(JSON.stringify(value));
