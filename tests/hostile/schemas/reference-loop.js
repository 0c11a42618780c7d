// A schema that comes back to itself without end.
// inputSchema: {"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"}]}},"if":{"type":"string"},"then":{"$ref":"#/$defs/a"}}
// input: "x"
// expect: ConfigurationError or InvalidInput
function attack() { return 1; }
