// Makes the pages at /playground and /docs: node build.mjs FOLDER
// Their makers publish each as files that need nothing else, so that five packages are fetched and not the four hundred that those were built from.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
const { devDependencies: versions, integrity } = JSON.parse(readFileSync(path.join(here, "package.json")));
const downloads = mkdtempSync(path.join(tmpdir(), "ratchet-pages-"));
try {
  const packages = fetchPackages();
  const file = (name, inside) => execFileSync("tar", ["-xzOf", packages.get(name), `package/${inside}`], { maxBuffer: 64 << 20 });

  const scripts = [
    file("react", "umd/react.production.min.js"),
    file("react-dom", "umd/react-dom.production.min.js"),
    file("graphql-ws", "umd/graphql-ws.min.js"),
    file("graphiql", "graphiql.min.js"),
    readFileSync(path.join(here, "playground", "playground.js")),
  ];
  // The files name maps of their sources, which are not served.
  write("playground.js", scripts.map(script => script.toString().replace(/^\/\/# sourceMappingURL=.*$/gm, "")).join("\n;"));
  write("playground.css", file("graphiql", "graphiql.min.css") + "\n" + readFileSync(path.join(here, "playground", "playground.css")));
  copyFileSync(path.join(here, "playground", "playground.html"), path.join(folder, "playground.html"));

  // Served as it is packed here, so what Brotli can do is worth its second.
  const reference = file("@scalar/api-reference", "dist/browser/standalone.js");
  write("docs.js.br", brotliCompressSync(reference, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 } }));
} finally {
  rmSync(downloads, { recursive: true });
}

// The packages' archives by name, each what package.json says that it is.
function fetchPackages() {
  const names = Object.keys(versions);
  const answer = execFileSync("npm", ["pack", ...names.map(name => `${name}@${versions[name]}`), "--json", "--loglevel=error", "--pack-destination", downloads], { maxBuffer: 64 << 20 });
  const packed = new Map(JSON.parse(answer).map(one => [one.name, path.join(downloads, path.basename(one.filename))]));
  for (const name of names) {
    const hash = `sha512-${createHash("sha512").update(readFileSync(packed.get(name))).digest("base64")}`;
    if (hash !== integrity[name]) throw new Error(`${name}@${versions[name]} is not the package that package.json names: its hash is ${hash}.`);
  }
  return packed;
}

function write(name, content) {
  writeFileSync(path.join(folder, name), content);
}
