// What a real server does with the parts of the schema that gateways' stand-ins only pretend: versions and uploads, webhooks and deliveries, history, statistics, recordings.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { query, sharedServer, submit, until } from "./server.mjs";

const server = sharedServer();
let receiver, url;
const received = [];

before(async () => {
  receiver = createServer((request, response) => {
    request.resume().on("end", () => {
      received.push(request.headers["webhook-id"]);
      response.writeHead(204).end();
    });
  });
  await new Promise((done) => receiver.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${receiver.address().port}/hook`;
});
after(() => receiver?.close());

test("a version is uploaded, and what its state does not allow is told", async () => {
  const { task } = await query(server, "{ task(name: \"addition\") { version versions { version current zipUrl execution } promotions { version kind } cache { enabled } } }");
  assert.equal(task.versions.length, 1);
  assert.equal(task.promotions[0].kind, "STORED");
  const zip = Buffer.from(await (await fetch(server.url + task.versions[0].zipUrl)).arrayBuffer()).toString("base64");
  const upload = "mutation($zip: String!) { uploadTask(input: {zip: $zip}) { created version { id version current } userErrors { code message path } } }";
  const same = (await query(server, upload, { zip })).uploadTask;
  assert.deepEqual([same.created, same.version.current, same.userErrors], [false, true, []]);
  assert.equal((await query(server, "query($id: ID!) { node(id: $id) { ... on TaskVersion { digest inputSchema } } }", { id: same.version.id })).node.inputSchema.type, "object");
  const broken = (await query(server, upload, { zip: Buffer.from("no zip at all").toString("base64") })).uploadTask;
  assert.equal(broken.userErrors[0].code, "invalid-task");
  const refused = await query(server, "mutation($v: String!) { disableTaskVersion(name: \"addition\", version: $v) { userErrors { code } } rollBackTask(name: \"addition\") { userErrors { code } } }", { v: task.version });
  assert.deepEqual([refused.disableTaskVersion.userErrors[0].code, refused.rollBackTask.userErrors[0].code], ["version-current", "no-previous-version"]);
});

test("a webhook is made, sends, and shows what it sent", async () => {
  const made = (await query(server, "mutation($url: String!) { createWebhook(input: {id: \"graph\", url: $url, events: [\"job.completed\"]}) { secret webhook { id revision } userErrors { message } } }", { url })).createWebhook;
  assert.match(made.secret, /^whsec_/);
  const { pingWebhook: ping } = await query(server, "mutation { pingWebhook(id: \"graph\", wait: \"30s\") { delivery { id deliveryId state type } } }");
  assert.equal(ping.delivery.state, "SUCCEEDED");
  assert.deepEqual(received, [ping.delivery.deliveryId]);
  const { webhooks } = await query(server, "{ webhooks { nodes { webhookId deliveries(first: 1) { nodes { deliveryId } pageInfo { hasNextPage } } } } }");
  assert.deepEqual(webhooks.nodes.filter((webhook) => webhook.webhookId === "graph"), [{ webhookId: "graph", deliveries: { nodes: [{ deliveryId: ping.delivery.deliveryId }], pageInfo: { hasNextPage: false } } }]);
  const { node } = await query(server, "query($id: ID!) { node(id: $id) { ... on Delivery { payload log { number status } webhook { webhookId } } } }", { id: ping.delivery.id });
  assert.deepEqual([node.payload.type, node.log, node.webhook.webhookId], ["webhook.ping", [{ number: 1, status: 204 }], "graph"]);
  const change = "mutation($revision: Long) { updateWebhook(id: \"graph\", patch: {concurrency: 1}, revision: $revision) { webhook { concurrency } userErrors { code } } }";
  assert.equal((await query(server, change, { revision: made.webhook.revision })).updateWebhook.webhook.concurrency, 1);
  assert.equal((await query(server, change, { revision: made.webhook.revision })).updateWebhook.userErrors[0].code, "precondition-failed");
  assert.equal((await query(server, "mutation { deleteWebhook(id: \"graph\") { deletedId } }")).deleteWebhook.deletedId, made.webhook.id);
});

test("history, statistics and recordings are those of the jobs that ran", async () => {
  const job = (await query(server, "mutation { executeTask(input: {task: \"addition\", input: {num1: 1, num2: 2}, queue: \"parity\", record: ALWAYS}) { job { jobId executions { executionId } } } }")).executeTask.job;
  await submit(server, "parity");
  const events = await until("both have completed", async () => {
    const page = (await query(server, "{ events(filter: {queue: \"parity\", to: [COMPLETED]}) { nodes { jobId transition task } pageInfo { hasNextPage } } }")).events;
    return page.nodes.length === 2 && page;
  });
  assert.deepEqual([events.nodes[1].jobId, events.nodes[1].task, events.pageInfo.hasNextPage], [job.jobId, "addition", false]);
  const execution = job.executions[0].executionId;
  const recording = await until("it is stored", async () => (await query(server, "query($id: ID!) { recording(id: $id) { id jobId size url } }", { id: execution })).recording);
  assert.equal(recording.jobId, job.jobId);
  assert.equal((await query(server, "query($id: ID!) { node(id: $id) { ... on Recording { executionId } } }", { id: recording.id })).node.executionId, execution);
  assert.equal((await (await fetch(server.url + recording.url)).json()).execution, execution);
  const { statistics } = await query(server, "{ statistics { nodes throughput { hour { completed } } } }");
  assert.equal(statistics.nodes, 1);
});
