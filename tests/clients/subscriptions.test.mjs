// graphql-ws and graphql-sse: events arrive, and a client that was cut off goes on from its last cursor without a gap and without one twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient as createSocketClient } from "graphql-ws";
import { createClient as createStreamClient } from "graphql-sse";
import WebSocket from "ws";
import { sharedServer, submit } from "./server.mjs";

const events = "subscription($queue: String, $after: String) { jobEvents(filter: {queue: $queue, to: [COMPLETED]}, after: $after) { cursor jobId job { task } } }";
const history = "subscription($queue: String) { jobEvents(filter: {queue: $queue}, after: \"0-0\") { cursor jobId to } }";

const server = sharedServer();

/** The first `count` events of a subscription. */
async function take(subscription, count) {
  const taken = [];
  for await (const { data, errors } of subscription) {
    assert.equal(errors, undefined);
    taken.push(data.jobEvents);
    if (taken.length === count) break;
  }
  return taken;
}

const clients = {
  "graphql-ws": () => createSocketClient({ url: server.socket, webSocketImpl: WebSocket }),
  "graphql-sse": () => createStreamClient({ url: `${server.url}/graphql/stream` })
};

for (const [name, create] of Object.entries(clients)) {
  test(`${name}: what is missed between two connections comes with the second`, async () => {
    const queue = `${name}-resume`;
    const first = create();
    const jobs = [await submit(server, queue), await submit(server, queue)];
    const begun = await take(first.iterate({ query: history, variables: { queue } }), 1);
    await first.dispose();
    jobs.push(await submit(server, queue));
    const second = create();
    const rest = await take(second.iterate({ query: events, variables: { queue, after: begun[0].cursor } }), 3);
    await second.dispose();
    assert.deepEqual(rest.map((event) => event.jobId).sort(), [...jobs].sort());
    assert.equal(new Set(rest.map((event) => event.cursor)).size, 3);
    assert.equal(rest[0].job.task, "addition");
  });

  test(`${name}: a document that cannot be executed is told, with its code`, async () => {
    const client = create();
    const told = await new Promise((done) => client.subscribe({ query: "subscription { nothing }" }, {
      next: (result) => done(result.errors), error: (error) => done(Array.isArray(error) ? error : [error]), complete: () => {}
    }));
    await client.dispose();
    assert.equal(told[0].extensions?.code, "invalid-document");
  });
}
