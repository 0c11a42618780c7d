// A file that breaks out of the function that it is put into.
// raw: yes
// expect: ConfigurationError
// same: ConfigurationError
}); globalThis.escaped = 1; (function () {
