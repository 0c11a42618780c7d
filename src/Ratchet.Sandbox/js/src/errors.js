// Collects the errors that are worth showing: the failing leaf keywords, with what they expected.
import { setOutputFormat } from "@hyperjump/json-schema/experimental";
import { shorten } from "./prepare.js";

export const maxErrors = 50;

const list = (values, word) => values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} ${word} ${values.at(-1)}`;
const count = (n, word, plural = `${word}s`) => `${n} ${n === 1 ? word : plural}`;
const quote = (name) => `'${shorten(name)}'`;

const messages = {
  type: (type) => `must be ${list([type].flat(), "or")}`,
  enum: (values) => values.size === 1 ? `must be ${shorten([...values][0])}` : `must be one of ${shorten([...values].join(", "))}`,
  const: (value) => `must be ${shorten(value)}`,
  minimum: (value) => Array.isArray(value) ? `must be ${value[1] ? "greater than" : "at least"} ${value[0]}` : `must be at least ${value}`,
  maximum: (value) => Array.isArray(value) ? `must be ${value[1] ? "less than" : "at most"} ${value[0]}` : `must be at most ${value}`,
  exclusiveMinimum: (value) => `must be greater than ${value}`,
  exclusiveMaximum: (value) => `must be less than ${value}`,
  multipleOf: (value) => `must be a multiple of ${value}`,
  minLength: (n) => `must have at least ${count(n, "character")}`,
  maxLength: (n) => `must have at most ${count(n, "character")}`,
  pattern: (pattern) => `must match the pattern ${shorten(pattern.source)}`,
  format: (format) => `must have the format ${quote(format)}`,
  minItems: (n) => `must have at least ${count(n, "item")}`,
  maxItems: (n) => `must have at most ${count(n, "item")}`,
  uniqueItems: () => "must not have equal items",
  minProperties: (n) => `must have at least ${count(n, "property", "properties")}`,
  maxProperties: (n) => `must have at most ${count(n, "property", "properties")}`,
  contains: (value) => {
    const min = value?.minContains ?? 1;
    const max = value?.maxContains ?? Number.MAX_SAFE_INTEGER;
    return max === Number.MAX_SAFE_INTEGER
      ? `must have at least ${count(min, "item")} matching the schema in 'contains'`
      : `must have ${min} to ${count(max, "item")} matching the schema in 'contains'`;
  },
  anyOf: () => "must match at least one of the schemas in 'anyOf'",
  oneOf: () => "must match exactly one of the schemas in 'oneOf'",
  not: () => "must not match the schema in 'not'"
};

const forbidden = {
  additionalProperties: "is an additional property, which is not allowed",
  unevaluatedProperties: "is an additional property, which is not allowed",
  additionalItems: "is an additional item, which is not allowed",
  unevaluatedItems: "is an additional item, which is not allowed",
  items: "is an additional item, which is not allowed"
};

const isPropertyName = (instance) => instance.parent?.type === "property" && instance.parent.children[0] === instance;
const pointerOf = (instance) => isPropertyName(instance) ? instance.parent.parent.pointer : instance.pointer;
const error = (instance, keyword, message) => ({
  pointer: pointerOf(instance),
  keyword,
  message: isPropertyName(instance) ? `has the property name ${quote(instance.value)}, which ${message}` : message,
  baseUri: instance.baseUri
});

const missing = (instance, keyword, names, reason = "") => names
  .filter((name) => !Object.hasOwn(instance.value, name))
  .map((name) => error(instance, keyword, `is missing the required property ${quote(name)}${reason}`));

// Of alternatives that failed, those that fit the type of the value tell more than those that do not
const alternatives = (branches, instance) => {
  const pointer = pointerOf(instance);
  const fitting = branches.filter((errors) => !errors.some((e) => e.keyword === "type" && e.pointer === pointer));
  return (fitting.length > 0 ? fitting : branches).flat();
};

class ErrorPlugin {
  id = "urn:ratchet:errors";
  errors = [];

  afterKeyword(node, instance, context, valid, schemaContext, keyword) {
    if (valid) {
      return;
    }
    const [, location, value] = node;
    const name = location.slice(location.lastIndexOf("/") + 1);
    const branches = context.branches ?? [];
    schemaContext.errors ??= [];
    if (schemaContext.errors.length > maxErrors) {
      return;
    }

    let found;
    if (name === "required") {
      found = missing(instance, name, value);
    } else if (name === "dependentRequired") {
      found = value.flatMap(([property, names]) => Object.hasOwn(instance.value, property)
        ? missing(instance, name, names, `, which must be there when ${quote(property)} is`)
        : []);
    } else if (name === "dependencies") {
      found = value.flatMap(([property, names]) => Array.isArray(names) && Object.hasOwn(instance.value, property)
        ? missing(instance, name, names, `, which must be there when ${quote(property)} is`)
        : []);
      found.push(...branches.flat());
    } else if (keyword.simpleApplicator) {
      found = branches.flat().map((e) => e.keyword === undefined
        ? { ...e, keyword: name, message: e.message + (forbidden[name] ?? "is not allowed") }
        : e);
    } else {
      const own = error(instance, name, messages[name]?.(value) ?? `does not match '${name}'`);
      found = (name === "anyOf" || name === "oneOf") && branches.length === value.length
        ? [own, ...alternatives(branches, instance)]
        : [own];
    }
    schemaContext.errors.push(...found.slice(0, maxErrors + 1));
  }

  afterSchema(url, instance, context, valid) {
    if (valid) {
      context.errors = undefined;
      return;
    }
    let errors = context.errors ?? [];
    if (typeof context.ast[url] === "boolean") {
      // The keyword that applied the schema false gives the name and the message
      errors = [{ ...error(instance, undefined, ""), keyword: undefined }];
    }
    context.branches ??= [];
    context.branches.push(errors);
    context.errors = undefined;
    this.errors = errors;
  }
}

export const outputFormat = "RATCHET";
setOutputFormat(outputFormat, () => {
  const plugin = new ErrorPlugin();
  return { plugin, getErrors: () => plugin.errors };
});

// The final list: no repetitions, no more than the maximum
export const finish = (errors, locate = (e) => e.pointer) => {
  const seen = new Set();
  const result = [];
  for (const e of errors) {
    const item = { pointer: locate(e), keyword: e.keyword ?? "false", message: e.keyword === undefined ? `${e.message}is not allowed` : e.message };
    const key = `${item.pointer}\n${item.keyword}\n${item.message}`;
    if (!seen.has(key)) {
      seen.add(key);
      result.push(item);
      if (result.length === maxErrors) {
        break;
      }
    }
  }
  return result;
};
