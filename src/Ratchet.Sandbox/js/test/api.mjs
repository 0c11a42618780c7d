// node test/api.mjs: the parts of the API that the official suite does not cover
import assert from "node:assert/strict";
import fs from "node:fs";
import vm from "node:vm";

const context = vm.createContext({});
vm.runInContext(fs.readFileSync(new URL("../schema.bundle.js", import.meta.url), "utf8"), context);
const api = vm.runInContext("ratchetSchema", context);
const compile = (schema) => api.compile(typeof schema === "string" ? schema : JSON.stringify(schema));
const errors = (schema, value) => {
  const id = compile(schema);
  try {
    return JSON.parse(api.validateText(id, JSON.stringify(value)));
  } finally {
    assert.equal(api.release(id), true);
  }
};
const draft7 = "http://json-schema.org/draft-07/schema#";
const failsWith = (schema, message) => assert.throws(() => compile(schema), (e) => e.message === message || assert.equal(e.message, message));

const sum = { type: "object", properties: { num1: { type: "number" }, num2: { type: "number" } }, required: ["num1", "num2"] };
assert.equal(errors(sum, { num1: 1, num2: 2 }), null);
assert.deepEqual(errors(sum, { num1: "x" }), [
  { pointer: "/num1", keyword: "type", message: "must be number" },
  { pointer: "", keyword: "required", message: "is missing the required property 'num2'" }
]);
// A generated draft-07 schema: definitions beside $ref; names that need escaping; names of Object.prototype
const foo = { $schema: draft7, $ref: "#/definitions/Foo", type: "string", definitions: { Foo: { type: "object", properties: { "a/b~c": { type: "integer" } }, additionalProperties: false } } };
assert.deepEqual(errors(foo, { "a/b~c": 1.5, "constructor": 1 }).map((e) => [e.pointer, e.keyword]), [["/a~1b~0c", "type"], ["/constructor", "additionalProperties"]]);
assert.deepEqual(errors({ anyOf: [{ type: "string" }, { required: ["x"] }] }, {}).map((e) => e.keyword), ["anyOf", "required"]);
assert.deepEqual(errors({ enum: [{ $id: "x" }] }, { $id: "x" }), null);
assert.deepEqual(errors({ default: { $ref: "nowhere" }, examples: [{ $id: "x" }], "x-mine": { $ref: "nowhere" } }, 1), null);
assert.deepEqual(errors({ $schema: draft7, default: { $ref: "nowhere" }, "x-mine": { $ref: "nowhere" } }, 1), null);
assert.equal(errors({ items: { type: "string" } }, Array(500).fill(1)).length, 50);
assert.deepEqual(errors(false, 1), [{ pointer: "", keyword: "false", message: "is not allowed" }]);
assert.deepEqual(errors({ properties: { a: false } }, { a: 1 }), [{ pointer: "/a", keyword: "properties", message: "is not allowed" }]);
for (const [format, bad, good] of [["date-time", "2020", "2020-01-01T00:00:00Z"], ["email", "x", "a@b.c"], ["uuid", "y", "123e4567-e89b-12d3-a456-426614174000"], ["uri", "a b", "http://a/b"], ["regex", "(", "a"], ["hostname", "-", "a.b"], ["mine", "x", "x"]]) {
  for (const $schema of [draft7, "http://json-schema.org/draft-04/schema#", "https://json-schema.org/draft/2020-12/schema"]) {
    assert.equal(errors({ $schema, format }, good), null, format);
    assert.equal(errors({ $schema, format }, bad)?.[0].keyword, format === "mine" ? undefined : "format", format);
  }
}

failsWith("5", "The schema must be an object or a boolean.");
failsWith({ $schema: "http://example.com/foo" }, "The schema uses the unknown dialect 'http://example.com/foo' at /$schema; known are draft-04, draft-06, draft-07, 2019-09 and 2020-12.");
failsWith({ $ref: "http://example.com/foo.json" }, "The schema refers to 'http://example.com/foo.json' at /$ref, which is not part of the schema; other documents are not loaded.");
failsWith({ properties: { a: { $ref: "#/$defs/x" } } }, "The schema refers to '#/$defs/x' at /properties/a/$ref, which is not in the schema.");
failsWith({ properties: { a: { $id: "http://x/y", properties: { b: { minLength: -1 } } } } }, "The schema is not valid at /properties/a/properties/b/minLength: the value must be at least 0.");
failsWith({ pattern: "(a" }, "The schema has an invalid regular expression at /pattern: /(a/u: Unterminated group.");
failsWith({ $schema: draft7, $ref: "#" }, "The schema is nested too deeply or refers to itself without end.");
failsWith('{"not":'.repeat(20000) + "{}" + "}".repeat(20000), "The schema is nested too deeply or refers to itself without end.");
assert.throws(() => errors({ $ref: "#" }, 1), /refers to itself without end/);
assert.throws(() => api.validate(12345, 1), /no compiled schema/);

// One schema cannot change another, or a dialect
errors({ $id: "https://json-schema.org/draft/2020-12/schema", $vocabulary: { "https://json-schema.org/draft/2020-12/vocab/core": true } }, 1);
errors({ $id: "https://json-schema.org/draft/2020-12/meta/validation", $defs: {} }, 1);
errors({ $defs: { a: { $id: "http://json-schema.org/draft-07/schema", $vocabulary: {} } } }, 1);
errors({ $id: "http://a/b", $defs: { secret: {} } }, 1);
assert.throws(() => compile({ $ref: "http://a/b" }), /not part of the schema/);
assert.throws(() => compile({ type: 7 }), /not valid at \/type/);
assert.equal(errors({ type: "string" }, 5)[0].keyword, "type");
console.log("api: passed");
