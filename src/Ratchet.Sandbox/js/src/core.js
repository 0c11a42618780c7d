import "./polyfills.js";
import { setMetaSchemaOutputFormat, setShouldValidateFormat, InvalidSchemaError } from "@hyperjump/json-schema/draft-2020-12";
import "@hyperjump/json-schema/draft-2019-09";
import "@hyperjump/json-schema/draft-07";
import "@hyperjump/json-schema/draft-06";
import "@hyperjump/json-schema/draft-04";
import * as Browser from "@hyperjump/browser";
import {
  addKeyword, buildSchemaDocument, compile as compileSchema, defineVocabulary, getSchema, interpret, loadDialect
} from "@hyperjump/json-schema/experimental";
import * as Instance from "@hyperjump/json-schema/instance/experimental";
import { toAbsoluteIri } from "@hyperjump/uri";
import { canonical, decode } from "./canonical.js";
import { finish, outputFormat } from "./errors.js";
import { at, defaultDialect, prepare, SchemaError, shorten } from "./prepare.js";
import "./formats.js";

setShouldValidateFormat(true);

addKeyword({
  id: "https://json-schema.org/keyword/enum",
  compile: (schema) => new Set(Browser.value(schema).map(decode)),
  interpret: (values, instance) => values.has(canonical(Instance.value(instance)))
});
addKeyword({
  id: "https://json-schema.org/keyword/const",
  compile: (schema) => decode(Browser.value(schema)),
  interpret: (value, instance) => canonical(Instance.value(instance)) === value
});

// 'dependencies' goes on working in the drafts that replaced it
defineVocabulary("urn:ratchet:compatibility", { dependencies: "https://json-schema.org/keyword/draft-04/dependencies" });
const compatible = (dialect, vocabularies) => loadDialect(dialect, {
  "urn:ratchet:compatibility": true,
  ...Object.fromEntries(vocabularies.map((name) => [dialect.replace(/schema$/, `vocab/${name}`), true]))
}, true);
compatible("https://json-schema.org/draft/2019-09/schema", ["core", "applicator", "validation", "meta-data", "format", "content"]);
compatible("https://json-schema.org/draft/2020-12/schema", ["core", "applicator", "validation", "meta-data", "format-annotation", "content", "unevaluated"]);

const retrievalUri = "https://schema.invalid/";
const strip = (text) => shorten(text.replaceAll(retrievalUri, ""));

const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SchemaError(`The schema is not valid JSON: ${error.message}.`);
  }
};

const build = (text, baseUri, dialect, options, keepVocabulary) => {
  const root = parse(text);
  if (typeof root !== "boolean" && (typeof root !== "object" || root === null || Array.isArray(root))) {
    throw new SchemaError("The schema must be an object or a boolean.");
  }
  const prepared = prepare(root, baseUri, dialect, options?.dialects, keepVocabulary);
  return { ...prepared, document: buildSchemaDocument(root, baseUri, dialect) };
};

const compileText = (text, options, metaOutputFormat) => {
  const dialect = options?.defaultDialect ?? defaultDialect;
  const built = build(text, retrievalUri, dialect, options);
  const { document, references, resources } = built;
  const cache = { ...options?.documents?.() };
  cache[document.baseUri] = document;
  cache[retrievalUri] = document;
  setMetaSchemaOutputFormat(metaOutputFormat);
  try {
    return compileSchema(getSchema(retrievalUri, { _cache: cache }));
  } catch (error) {
    if (error instanceof InvalidSchemaError) {
      if (metaOutputFormat !== outputFormat) {
        return compileText(text, options, outputFormat);
      }
      const errors = finish(error.output.errors, (e) => (resources.get(e.baseUri) ?? "") + e.pointer);
      const [first] = errors.filter((e) => e.keyword !== "anyOf" && e.keyword !== "oneOf").concat(errors);
      const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
      const failure = new SchemaError(`The schema is not valid ${at(first.pointer)}: the value ${first.message}${more}.`);
      failure.errors = errors;
      throw failure;
    }
    if (error instanceof SchemaError || error instanceof RangeError) {
      throw error;
    }
    const uri = /^Unable to load resource '(.*?)'\./s.exec(error.message)?.[1] ?? /^No such anchor '(.*)'$/s.exec(error.message)?.[1];
    if (uri !== undefined) {
      const reference = references.find((r) => r.uri === uri) ?? references.find((r) => toAbsoluteIri(r.uri) === toAbsoluteIri(uri));
      const where = reference ? ` ${at(reference.pointer)}` : "";
      throw new SchemaError(`The schema refers to '${strip(uri)}'${where}, which is not ${strip(uri).startsWith("#") ? "in the schema" : "part of the schema; other documents are not loaded"}.`);
    }
    throw new SchemaError(`The schema cannot be used: ${strip(String(error.message))}.`);
  }
};

const schemas = new Map();
let lastId = 0;

export const createApi = (options) => {
  const compile = (schemaText) => {
    let compiled;
    try {
      compiled = compileText(schemaText, options, "FLAG");
    } catch (error) {
      throw error instanceof RangeError ? new SchemaError("The schema is nested too deeply or refers to itself without end.") : error;
    }
    const id = ++lastId;
    schemas.set(id, interpret(compiled));
    return id;
  };

  const validate = (id, value) => {
    const schema = schemas.get(id);
    if (schema === undefined) {
      throw new Error(`There is no compiled schema ${id}.`);
    }
    try {
      const instance = Instance.fromJs(value);
      if (schema(instance, "FLAG").valid) {
        return null;
      }
      return finish(schema(instance, outputFormat).errors);
    } catch (error) {
      if (error instanceof RangeError) {
        throw new Error("The value is nested too deeply, or the schema refers to itself without end.");
      }
      throw new Error(`The value cannot be validated: ${strip(String(error.message))}.`);
    }
  };

  // The same for a value given as JSON text; the errors are returned as JSON text
  const validateText = (id, text) => {
    const errors = validate(id, JSON.parse(text));
    return errors === null ? null : JSON.stringify(errors);
  };

  const release = (id) => schemas.delete(id);

  return Object.freeze({ compile, validate, validateText, release });
};

export const testing = { build, setShouldValidateFormat };
