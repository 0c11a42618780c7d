// The audit of the graphql-http package: every MUST and every SHOULD of GraphQL over HTTP.
import assert from "node:assert/strict";
import { test } from "node:test";
import { auditServer } from "graphql-http";
import { sharedServer } from "./server.mjs";

const server = sharedServer();

test("every MUST and every SHOULD of the audit", async () => {
  // A GET carries the header that this gateway asks of one, as a client's configuration does.
  const results = await auditServer({ url: `${server.url}/graphql`, fetchFn: (url, options = {}) => fetch(url, { ...options, headers: { ...options.headers, "GraphQL-Preflight": "1" } }) });
  console.log("| id | requirement | result |\n|---|---|---|");
  for (const result of results) console.log(`| ${result.id} | ${result.name} | ${result.status}${result.reason ? `: ${result.reason}` : ""} |`);
  const missed = results.filter((result) => result.status !== "ok" && /^(MUST|SHOULD)/.test(result.name));
  assert.deepEqual(missed.map((result) => `${result.id} ${result.name}: ${result.reason}`), []);
});
