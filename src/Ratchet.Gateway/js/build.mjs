// Builds playground.js and playground.css into the folder given: node build.mjs FOLDER
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
await build({
  absWorkingDir: here,
  entryPoints: [{ in: "src/playground.js", out: "playground" }],
  outdir: folder,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".ttf": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".svg": "dataurl" },
  legalComments: "none",
  logLevel: "warning"
});
await copyFile(path.join(here, "src", "playground.html"), path.join(folder, "playground.html"));
