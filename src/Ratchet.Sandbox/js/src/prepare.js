// Prepares a parsed schema, in place, for the validator and finds mistakes that can be told with their location.
import { resolveIri, toAbsoluteIri } from "@hyperjump/uri";
import { encode } from "./canonical.js";

export class SchemaError extends Error {}

const dialects = new Map([
  ["json-schema.org/draft-04/schema", "http://json-schema.org/draft-04/schema"],
  ["json-schema.org/draft-06/schema", "http://json-schema.org/draft-06/schema"],
  ["json-schema.org/draft-07/schema", "http://json-schema.org/draft-07/schema"],
  ["json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2019-09/schema"],
  ["json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2020-12/schema"]
]);
export const defaultDialect = "https://json-schema.org/draft/2020-12/schema";

const schemaKeywords = new Set(["additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if",
  "items", "not", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"]);
const schemaListKeywords = new Set(["allOf", "anyOf", "items", "oneOf", "prefixItems"]);
const schemaMapKeywords = new Set(["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"]);
const otherKeywords = new Set(["$anchor", "$comment", "$dynamicAnchor", "$dynamicRef", "$id", "$recursiveAnchor",
  "$recursiveRef", "$ref", "$schema", "$vocabulary", "const", "contentEncoding", "contentMediaType", "default",
  "dependentRequired", "deprecated", "description", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum",
  "format", "id", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum", "minContains", "minItems",
  "minLength", "minProperties", "minimum", "multipleOf", "pattern", "readOnly", "required", "title", "type",
  "uniqueItems", "writeOnly"]);

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const escapeToken = (token) => String(token).replaceAll("~", "~0").replaceAll("/", "~1");
const has = (object, key) => Object.hasOwn(object, key);

export const at = (pointer) => pointer === "" ? "at the root of the schema" : `at ${pointer}`;

export const prepare = (root, baseUri, defaultDialectId, knownDialects, keepVocabulary = false) => {
  const references = [];
  const resources = new Map([[baseUri, ""]]);

  const dialectOf = (schema, fallback, pointer) => {
    if (!has(schema, "$schema") || typeof schema.$schema !== "string") {
      return fallback;
    }
    const name = schema.$schema.replace(/#$/, "");
    const known = dialects.get(name.replace(/^https?:\/\//, "")) ?? (knownDialects?.has(name) ? name : undefined);
    if (known === undefined) {
      throw new SchemaError(`The schema uses the unknown dialect '${shorten(schema.$schema)}' ${at(`${pointer}/$schema`)}; known are draft-04, draft-06, draft-07, 2019-09 and 2020-12.`);
    }
    schema.$schema = known;
    return known;
  };

  const isLegacy = (dialect) => /draft-0[467]/.test(dialect);
  const idName = (dialect) => dialect.includes("draft-04") ? "id" : "$id";
  // The identifier of an embedded schema resource, if the object is one
  const resourceId = (schema, dialect) => {
    const name = idName(dialect);
    return has(schema, name) && typeof schema[name] === "string" && !(isLegacy(dialect) && (schema[name][0] === "#" || typeof schema.$ref === "string"))
      ? schema[name]
      : undefined;
  };
  const resolve = (reference, base, pointer) => {
    try {
      return resolveIri(reference, base);
    } catch {
      throw new SchemaError(`The schema has '${shorten(reference)}' ${at(pointer)}, which is not a valid URI reference.`);
    }
  };

  // Every name that a reference could go through, so that unknown keywords nothing refers to can be dropped
  const referenced = new Set();
  const collect = (value) => {
    if (Array.isArray(value)) {
      value.forEach(collect);
    } else if (isObject(value)) {
      for (const key of Object.keys(value)) {
        if ((key === "$ref" || key === "$dynamicRef") && typeof value[key] === "string") {
          for (const token of pointerTokens(value[key]) ?? []) {
            referenced.add(token);
          }
        } else {
          collect(value[key]);
        }
      }
    }
  };

  const neutralize = (value) => {
    if (Array.isArray(value)) {
      value.forEach(neutralize);
    } else if (isObject(value)) {
      for (const key of ["$id", "id", "$anchor", "$dynamicAnchor", "$schema", "$vocabulary"]) {
        if (typeof value[key] === "string" || key === "$vocabulary") {
          delete value[key];
        }
      }
      for (const key of Object.keys(value)) {
        if (key === "enum" && Array.isArray(value.enum)) {
          value.enum = value.enum.map(encode);
        } else if (key === "const") {
          value.const = encode(value.const);
        } else {
          neutralize(value[key]);
        }
      }
    }
  };

  const checkPattern = (pattern, pointer) => {
    try {
      new RegExp(pattern, "u");
    } catch (error) {
      throw new SchemaError(`The schema has an invalid regular expression ${at(pointer)}: ${error.message.replace(/^Invalid regular expression: /, "")}.`);
    }
  };

  const visit = (schema, pointer, base, resource, dialect, embedded) => {
    if (!isObject(schema)) {
      return;
    }
    const declared = dialectOf(schema, dialect, pointer);
    const id = resourceId(schema, declared);
    if (id !== undefined || !embedded) {
      dialect = declared;
    } else if (declared !== dialect) {
      throw new SchemaError(`The schema changes its dialect ${at(`${pointer}/$schema`)} in a part that has no '${idName(declared)}' of its own.`);
    } else {
      delete schema.$schema;
    }
    if (id !== undefined) {
      const uri = resolve(id, base, `${pointer}/${idName(dialect)}`);
      base = toAbsoluteIri(uri);
      resource = { schema, pointer, dialect };
      resources.set(base, pointer);
    } else if (embedded && isLegacy(dialect) && typeof schema.$ref === "string") {
      delete schema[idName(dialect)];
    }
    // It would define a dialect for every schema
    if (!keepVocabulary) {
      delete schema.$vocabulary;
    }

    // Up to draft-07 everything beside $ref is ignored, but definitions can still be referred to
    if (isLegacy(dialect) && typeof schema.$ref === "string") {
      for (const key of Object.keys(schema)) {
        if (!["$ref", "$schema", "id", "$id", "definitions", "$defs"].includes(key)) {
          delete schema[key];
        }
      }
      if (has(schema, "definitions") || has(schema, "$defs")) {
        const target = { $ref: schema.$ref };
        delete schema.$ref;
        visit(target, pointer, base, resource, dialect, true);
        visitKeywords(schema, pointer, base, resource, dialect);
        schema.allOf = [target];
        return;
      }
    }
    visitKeywords(schema, pointer, base, resource, dialect);
  };

  const visitKeywords = (schema, pointer, base, resource, dialect) => {
    for (const key of Object.keys(schema)) {
      const value = schema[key];
      const here = `${pointer}/${escapeToken(key)}`;
      if (key === "enum") {
        if (Array.isArray(value)) {
          schema.enum = value.map(encode);
        }
      } else if (key === "const") {
        schema.const = encode(value);
      } else if (key === "default") {
        if (referenced.has(key)) {
          neutralize(value);
        } else {
          schema.default = null;
        }
      } else if (key === "examples") {
        if (referenced.has(key)) {
          neutralize(value);
        } else if (Array.isArray(value)) {
          schema.examples = [];
        }
      } else if (key === "pattern") {
        if (typeof value === "string") {
          checkPattern(value, here);
        }
      } else if (key === "$ref" || key === "$dynamicRef" || key === "$recursiveRef") {
        if (typeof value === "string") {
          references.push({ schema, key, pointer: here, base, resource, uri: resolve(value, base, here) });
        }
      } else if (Array.isArray(value) && schemaListKeywords.has(key)) {
        value.forEach((item, index) => visit(item, `${here}/${index}`, base, resource, dialect, true));
      } else if (schemaKeywords.has(key)) {
        visit(value, here, base, resource, dialect, true);
      } else if (schemaMapKeywords.has(key)) {
        if (isObject(value)) {
          for (const name of Object.keys(value)) {
            if (key === "patternProperties") {
              checkPattern(name, `${here}/${escapeToken(name)}`);
            }
            visit(value[name], `${here}/${escapeToken(name)}`, base, resource, dialect, true);
          }
        }
      } else if (!otherKeywords.has(key)) {
        if (referenced.has(key)) {
          neutralize(value);
        } else {
          delete schema[key];
        }
      }
    }
  };

  collect(root);
  visit(root, "", baseUri, { schema: root, pointer: "", dialect: defaultDialectId }, defaultDialectId, false);

  // A pointer that goes through an embedded resource is made relative to that resource
  for (const { schema, key, pointer, base, resource } of references) {
    if (key !== "$ref" || !schema.$ref.startsWith("#/")) {
      continue;
    }
    const tokens = pointerTokens(schema.$ref);
    let node = resource.schema;
    let uri = base;
    let start = 0;
    for (let index = 0; index < tokens.length; index++) {
      if (typeof node !== "object" || node === null || !has(node, tokens[index])) {
        throw new SchemaError(`The schema refers to '${shorten(schema.$ref)}' ${at(pointer)}, which is not in the schema.`);
      }
      node = node[tokens[index]];
      if (isObject(node)) {
        const id = resourceId(node, typeof node.$schema === "string" ? node.$schema : resource.dialect);
        if (id !== undefined) {
          uri = toAbsoluteIri(resolve(id, uri, pointer));
          start = index + 1;
        }
      }
    }
    if (start > 0) {
      schema.$ref = `${uri}#${tokens.slice(start).map((token) => "/" + encodeURIComponent(escapeToken(token))).join("")}`;
    }
  }

  return { references, resources };
};

const pointerTokens = (reference) => {
  const position = reference.indexOf("#/");
  if (position === -1) {
    return undefined;
  }
  try {
    return decodeURIComponent(reference.slice(position + 2)).split("/").map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  } catch {
    return reference.slice(position + 2).split("/");
  }
};

export const shorten = (text) => text.length > 200 ? `${text.slice(0, 200)}...` : text;
