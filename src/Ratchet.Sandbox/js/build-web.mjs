// Builds web.bundle.js, the Web APIs that tasks may name, into the folder given, or beside this file: node build-web.mjs [folder] [--sizes]
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.argv.slice(2).find((argument) => !argument.startsWith("--")) ?? here;
const outfile = path.join(folder, "web.bundle.js");
const resolve = createRequire(import.meta.url).resolve;

const plugin = {
  name: "ratchet-web",
  setup(build) {
    // The tables of legacy multi-byte encodings are half of the library; URLs and text here are UTF-8 or one of the small ones (see web/text.js).
    build.onResolve({ filter: /^@exodus\/bytes\/encoding\.js$/ }, () => ({ path: resolve("@exodus/bytes/encoding-lite.js") }));
    // It asks for a TextEncoder of the platform's; there is none, and this is what ours is made of.
    build.onLoad({ filter: /whatwg-url[\\/]lib[\\/]encoding\.js$/ }, () => ({
      contents: 'const { utf8fromStringLoose, utf8toStringLoose } = require("@exodus/bytes/utf8.js");\n'
        + "module.exports = { utf8Encode: (text) => utf8fromStringLoose(text), utf8DecodeWithoutBOM: (bytes) => utf8toStringLoose(bytes) };",
      resolveDir: path.join(here, "web"),
      loader: "js"
    }));
    // Internationalized host names: their tables are most of what is left, and most tasks never meet one. The URL standard, "domain to ASCII", says when
    // a name is only put into lower case; every other one wakes the library, whose table is text until then.
    build.onResolve({ filter: /^tr46$/ }, ({ importer, resolveDir }) =>
      /^(lazy:)?tr46$/.test(importer) ? undefined : { path: "tr46", namespace: "lazy", pluginData: resolveDir });
    build.onLoad({ filter: /.*/, namespace: "lazy" }, ({ pluginData }) => ({
      contents: "const isPlain = (name) => /^[\\0-\\x7f]*$/.test(name) && !/(^|\\.)xn--/i.test(name);\n"
        + 'exports.toASCII = (name, options) => !options.verifyDNSLength && isPlain(name) ? name.toLowerCase() : require("tr46").toASCII(name, options);',
      resolveDir: pluginData
    }));
    build.onLoad({ filter: /tr46[\\/]lib[\\/]mappingTable\.json$/ }, async ({ path: file }) => ({
      contents: `module.exports = JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(await readFile(file, "utf8"))))});`,
      loader: "js"
    }));
  }
};

const result = await build({
  absWorkingDir: here,
  entryPoints: ["web/index.js"],
  outfile,
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "web",
  target: "es2022",
  // No platform at all: under "browser" the encoding library counts on a TextEncoder of the platform's.
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["module"],
  charset: "ascii",
  legalComments: "none",
  // webidl-conversions looks at this class, which the sandbox does not have, to tell its instances from others: there are none.
  banner: { js: '(function(){"use strict";class SharedArrayBuffer{get byteLength(){throw new TypeError("none")}get growable(){throw new TypeError("none")}}' },
  footer: { js: "return web.create})()" },
  plugins: [plugin],
  metafile: true,
  write: true
});
const text = await readFile(outfile, "utf8");
const forbidden = /\bnew Function\b|(?<![\w$.])eval\(|(?<![\w$.])require\(|\bimport\(/.exec(text);
if (forbidden) throw Error(`web.bundle.js must not contain '${forbidden[0]}'`);
console.log("web.bundle.js", text.length, "characters");
if (process.argv.includes("--sizes")) {
  const inputs = Object.values(result.metafile.outputs)[0].inputs;
  console.log(Object.entries(inputs).map(([name, { bytesInOutput }]) => [bytesInOutput, name]).sort((a, b) => b[0] - a[0]).slice(0, 20));
}
