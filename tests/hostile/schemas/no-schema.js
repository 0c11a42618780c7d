// An output schema that is none.
// outputSchema: {"type":7,"pattern":"("}
// expect: ConfigurationError
// same: ConfigurationError
function attack() { return 1; }
