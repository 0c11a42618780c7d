// import.meta, which a host fills.
// raw: yes
// expect: output []
// same: output []
export function main() { return Reflect.ownKeys(import.meta).map(String); }
