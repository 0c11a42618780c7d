// Starts one server and runs the test files given against it: node run.mjs FILE...
import { spawn } from "node:child_process";
import { once } from "node:events";
import { startServer } from "./server.mjs";

// Receivers of webhooks listen on the loopback.
const server = await startServer({ RATCHET__Fetch__PrivateNetworks__0: "127.0.0.1" });
let status = 1;
try {
  const tests = spawn(process.execPath, ["--test", "--test-reporter=tap", "--test-concurrency=1", "--test-timeout=120000", ...process.argv.slice(2)], {
    env: { ...process.env, RATCHET_CLIENTS_SERVER: server.url },
    stdio: ["ignore", "inherit", "inherit"]
  });
  [status] = await once(tests, "exit");
} finally {
  await server.stop();
}
process.exitCode = status ?? 1;
