// A file that is not JavaScript, with a pattern in it that V8 refuses.
// raw: yes
// expect: ConfigurationError
// same: ConfigurationError
function main() { return /(?<a>x)(?<a>y)[z-a]/u; }
