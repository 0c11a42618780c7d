// A file that is nested deeper than a parser may go.
// codeGeneration: true
// raw: yes
// expect: ConfigurationError or OutOfMemory or WorkerLost or TaskError
// same: ConfigurationError or OutOfMemory or WorkerLost or TaskError
function main() { return eval('('.repeat(1e6)); }
