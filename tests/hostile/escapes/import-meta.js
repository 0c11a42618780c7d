// import.meta, which a host fills: with a function of V8's own here.
// raw: yes
// expect: output ["setResult function false"]
// same: output ["setResult function false"]
export function main() { return Reflect.ownKeys(import.meta).map(key => `${String(key)} ${typeof import.meta[key]} ${'GetType' in import.meta[key]}`); }
