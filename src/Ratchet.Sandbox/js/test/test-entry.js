// The same validator with what the official test suite needs: schemas registered by URI and a default dialect.
import { createApi, testing } from "../src/core.js";

const registered = new Map();
const options = {
  defaultDialect: undefined,
  dialects: new Set(),
  documents: () => Object.fromEntries([...registered].map(([uri, entry]) => [uri, entry.document]))
};

const registerForTests = (uri, schemaText, dialect) => {
  const schema = JSON.parse(schemaText);
  if (schema.$vocabulary) {
    options.dialects.add(schema.$id);
  }
  const vocabulary = schema.$vocabulary;
  registered.set(uri, testing.build(schemaText, uri, dialect, options, true));
  return vocabulary !== undefined;
};

Object.defineProperty(globalThis, "ratchetSchema", {
  value: Object.freeze({
    ...createApi(options),
    registerForTests,
    clearForTests: () => registered.clear(),
    setDefaultForTests: (dialect) => { options.defaultDialect = dialect; },
    setFormatForTests: (isAssertion) => testing.setShouldValidateFormat(isAssertion)
  })
});
