// Such a pattern for the names of properties, and names that want to be numbers, prototypes and pointers.
// inputSchema: {"if":{"not":{"required":["innocent"]}},"then":{"propertyNames":{"pattern":"^(x|x)*$"}}}
// input: {"__proto__":1,"constructor":{"prototype":1},"~1":1,"/":1,"":1,"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!":1}
// timeoutMs: 300
// expect: Timeout or InvalidInput
function attack() { return 1; }
