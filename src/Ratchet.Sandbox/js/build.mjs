// Builds schema.bundle.js (and, for tests only, schema.test.bundle.js) into the folder given, or beside this file: node build.mjs [folder] [--sizes]
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { tokenizer } from "acorn";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.argv.slice(2).find((argument) => !argument.startsWith("--")) ?? here;

// The validator is written with async functions because it can load schemas over a network. Nothing is loaded here, so
// every await is on a value that is already there. Dropping the async and await keywords makes compilation synchronous
// without changing what it does. The tokens are found by a tokenizer, so strings and comments are left alone.
const makeSynchronous = (source) => {
  const cuts = [];
  const tokens = [...tokenizer(source, { ecmaVersion: 2024, sourceType: "module" })];
  tokens.forEach((token, index) => {
    const text = source.slice(token.start, token.end);
    const previous = index > 0 ? source.slice(tokens[index - 1].start, tokens[index - 1].end) : "";
    if ((text === "async" || text === "await") && token.type.label === "name" && previous !== ".") {
      cuts.push([token.start, token.end, ""]);
    } else if (text === "Promise" && token.type.label === "name") {
      // Promise.all(values) on values that are already there
      cuts.push([token.start, token.end, "({ all: (values) => values })"]);
    }
  });
  let result = "";
  let position = 0;
  for (const [start, end, replacement] of cuts) {
    result += source.slice(position, start) + replacement;
    position = end;
  }
  return result + source.slice(position);
};

const plugin = {
  name: "ratchet-schema",
  setup(build) {
    build.onLoad({ filter: /[\\/]@hyperjump[\\/](browser|json-schema|pact)[\\/].*\.js$/ }, async ({ path: file }) => {
      const normalized = file.replaceAll("\\", "/");
      // No files, no network, no page address
      if (normalized.endsWith("/browser/lib/index.js")) {
        file = path.join(path.dirname(file), "index.browser.js");
      } else if (normalized.endsWith("/browser/lib/browser/context-uri.js")) {
        return { contents: "export const contextUri = () => '';" };
      } else if (normalized.endsWith("-scheme-plugin.js")) {
        return { contents: "const retrieve = (uri) => { throw Error(`No network: ${uri}`); };\n"
          + "export const httpSchemePlugin = { retrieve };\nexport class HttpError extends Error {}" };
      }
      return { contents: makeSynchronous(await readFile(file, "utf8")), loader: "js" };
    });
  }
};

// The tables of internationalized host names are most of the bundle. They are kept as text and read when first needed.
const lazyTables = {
  name: "lazy-tables",
  setup(build) {
    build.onResolve({ filter: /^idn-hostname$/ }, ({ importer, resolveDir }) =>
      /^(lazy:)?idn-hostname$/.test(importer) ? undefined : { path: "idn-hostname", namespace: "lazy", pluginData: resolveDir });
    build.onLoad({ filter: /.*/, namespace: "lazy" }, ({ pluginData }) => ({
      contents: 'export const isIdnHostname = (name) => require("idn-hostname").isIdnHostname(name);',
      resolveDir: pluginData
    }));
    build.onLoad({ filter: /idnaMappingTableCompact\.json$/ }, async ({ path: file }) => ({
      contents: `module.exports = JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(await readFile(file, "utf8"))))});`,
      loader: "js"
    }));
  }
};

for (const [entry, name] of [["src/index.js", "schema.bundle.js"], ["test/test-entry.js", "schema.test.bundle.js"]]) {
  const outfile = path.join(folder, name);
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    platform: "browser",
    charset: "ascii",
    legalComments: "none",
    drop: ["console"],
    plugins: [plugin, lazyTables],
    metafile: true,
    write: true
  });
  const text = await readFile(outfile, "utf8");
  const forbidden = /\basync\b|\bawait\b|\bnew Promise\b|\bsetTimeout\b|\bfetch\(|\bnew Function\b|\beval\(|\brequire\(/.exec(text);
  if (forbidden) {
    throw Error(`${name} must not contain '${forbidden[0]}'`);
  }
  console.log(name, text.length, "characters");
  if (process.argv.includes("--sizes")) {
    const inputs = Object.values(result.metafile.outputs)[0].inputs;
    console.log(Object.entries(inputs).map(([name, { bytesInOutput }]) => [bytesInOutput, name]).sort((a, b) => b[0] - a[0]).slice(0, 12));
  }
}
