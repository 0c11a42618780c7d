// A `ratchet serve` on a free loopback port, with SQLite in a folder of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Asks until it holds, without a guess of how long that takes. */
export async function until(what, holds) {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    const found = await holds();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`After two minutes it is still not so that ${what}.`);
}

/** Starts a server and waits until it takes jobs. `stop` ends it and removes its files. */
export async function startServer(environment = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "ratchet-clients-"));
  const [port, silo, gateway] = [await freePort(), await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const program = spawn(process.env.RATCHET_PROGRAM ?? path.join(root, "ratchet"), ["serve", "--urls", url, "--data", folder, "--tasks", path.join(root, "samples", "tasks")], {
    env: { ...process.env, RATCHET__Cluster__SiloPort: String(silo), RATCHET__Cluster__GatewayPort: String(gateway), ...environment },
    stdio: ["ignore", "ignore", "pipe"]
  });
  let said = "";
  program.stderr.on("data", (text) => { said += text; });
  const ended = once(program, "exit");
  const gone = ended.then(() => true);
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) break;
    if (await Promise.race([gone, new Promise((done) => setTimeout(done, 200, false))])) throw new Error(`The server ended: ${said}`);
  }
  return {
    ...client(url),
    async stop() {
      program.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** The server that run.mjs started for all test files: what they make there has names of their own. */
export function sharedServer() {
  const url = process.env.RATCHET_CLIENTS_SERVER;
  if (!url) throw new Error("These tests share one server: run tests/clients/run.sh, which starts it.");
  return client(url);
}

function client(url) {
  return {
    url,
    socket: `${url.replace("http", "ws")}/graphql`,
    /** A request of REST: the answer's status, headers and JSON. */
    async call(method, path, body, headers = {}) {
      const type = body === undefined ? {} : { "Content-Type": "application/json" };
      const answer = await fetch(`${url}/api/v1/${path}`, { method, headers: { ...type, ...headers }, body: body === undefined ? undefined : JSON.stringify(body) });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
    }
  };
}

/** A request of GraphQL; its `data`, or an error with what was answered. */
export async function query(server, text, variables) {
  const answer = await fetch(`${server.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: text, variables }) });
  const body = await answer.json();
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

/** Submits a job of a sample task; its id. */
export async function submit(server, queue = "default") {
  const data = await query(server, "mutation($queue: String) { submitJob(input: {task: \"addition\", input: {num1: 1, num2: 2}, queue: $queue}) { job { jobId } userErrors { code } } }", { queue });
  return data.submitJob.job.jobId;
}
