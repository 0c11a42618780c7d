// The pages that the gateway serves, in a real browser: they work, and ask no other host for anything.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { sharedServer, submit } from "./server.mjs";

const executablePath = process.env.RATCHET_CHROMIUM ?? "/usr/bin/chromium";
const skip = existsSync(executablePath) ? false : `there is no Chromium at ${executablePath}`;
const server = sharedServer();
let browser;

before(async () => {
  // As root it has no sandbox of its own; what it opens here is ours.
  if (!skip) browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
});
after(() => browser?.close());

/** A page, and all that went wrong on it or went elsewhere. */
async function open(path) {
  const page = await browser.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") wrong.push(message.text()); });
  page.on("request", (request) => { if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== new URL(server.url).origin) wrong.push(`asked ${request.url()}`); });
  await page.goto(server.url + path);
  return { page, wrong };
}

test("the playground queries, and shows events as they come", { skip }, async () => {
  const { page, wrong } = await open("/playground");
  const execute = page.locator(".graphiql-execute-button");
  const result = page.locator(".graphiql-response .CodeMirror-code");
  // What is in the editor is read after a pause.
  const reads = (operation) => page.waitForFunction((kind) => document.querySelector(".graphiql-query-editor .CodeMirror")?.CodeMirror.documentAST?.definitions[0].operation === kind, operation);
  await reads("query");
  await execute.click();
  await result.getByText('"jobs"').first().waitFor();
  await page.evaluate(() => {
    document.querySelector(".graphiql-query-editor .CodeMirror").CodeMirror.setValue('subscription { jobEvents(filter: {queue: "playground", to: [COMPLETED]}, after: "0-0") { jobId to } }');
  });
  await reads("subscription");
  await execute.click();
  const job = await submit(server, "playground");
  await result.getByText(job).waitFor();
  assert.deepEqual(wrong, []);
});

test("the description's pages show its operations", { skip }, async () => {
  const { page, wrong } = await open("/docs");
  await page.getByText("Change all jobs that a filter picks").first().waitFor();
  assert.deepEqual(wrong, []);
});
