// Runs the official JSON Schema test suite: node test/suite.mjs <suite folder> [failures.json]
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

const root = process.argv[2] ?? process.env.JSON_SCHEMA_TEST_SUITE;
const drafts = {
  "draft4": "http://json-schema.org/draft-04/schema",
  "draft6": "http://json-schema.org/draft-06/schema",
  "draft7": "http://json-schema.org/draft-07/schema",
  "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
  "draft2020-12": "https://json-schema.org/draft/2020-12/schema"
};
const walk = (folder) => fs.readdirSync(folder, { recursive: true }).filter((f) => f.endsWith(".json")).sort();
const read = (file) => fs.readFileSync(file, "utf8");
const script = new vm.Script(read(new URL("../schema.bundle.js", import.meta.url).pathname.replace("schema.bundle", "schema.test.bundle")));

const failures = [];
for (const draft of Object.keys(drafts)) {
  const counts = { mandatory: [0, 0], optional: [0, 0], format: [0, 0], policy: [0, 0] };
  const context = vm.createContext({});
  script.runInContext(context);
  const schemas = vm.runInContext("ratchetSchema", context);
  const remotes = walk(path.join(root, "remotes")).filter((f) => !/^(v1|draft3)\//.test(f))
    .sort((a, b) => Number(b.includes("metaschema")) - Number(a.includes("metaschema")));
  for (const file of remotes) {
    const of = /^draft[^/]+/.exec(file)?.[0] ?? draft;
    schemas.registerForTests(`http://localhost:1234/${file}`, read(path.join(root, "remotes", file)), drafts[of]);
  }
  schemas.setDefaultForTests(drafts[draft]);
  for (const file of walk(path.join(root, draft))) {
    const kind = file.startsWith("optional/format/") ? "format" : file.startsWith("optional/") ? "optional" : "mandatory";
    for (const pass of [kind, "policy"]) {
      // The suite has format as an annotation, except where formats are tested; the policy is always an assertion
      const assertion = kind === "format" || file === "optional/format-assertion.json" || pass === "policy";
      schemas.setFormatForTests(assertion ? true : undefined);
      for (const group of JSON.parse(read(path.join(root, draft, file)))) {
        let id, failure;
        try {
          id = schemas.compile(JSON.stringify(group.schema));
        } catch (error) {
          failure = error.message;
        }
        for (const test of group.tests) {
          counts[pass][1]++;
          let result = failure, valid;
          if (id !== undefined) {
            try {
              result = schemas.validateText(id, JSON.stringify(test.data));
              valid = result === null;
            } catch (error) {
              result = error.message;
            }
          }
          if (valid !== test.valid) {
            counts[pass][0]++;
            failures.push({ draft, kind: pass, file, group: group.description, test: test.description, expected: test.valid, result: result ?? "valid" });
          }
        }
        if (id !== undefined) {
          schemas.release(id);
        }
      }
    }
  }
  console.log(draft.padEnd(13), Object.entries(counts).map(([kind, [failed, all]]) => `${kind} ${failed}/${all}`).join("  "));
}
if (process.argv[3]) {
  fs.writeFileSync(process.argv[3], JSON.stringify(failures, null, 1));
}
