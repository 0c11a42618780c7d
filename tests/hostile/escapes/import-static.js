// import as a declaration.
// raw: yes
// expect: ConfigurationError
// same: ConfigurationError
import fs from 'file:///etc/passwd';
export function main() { return fs; }
