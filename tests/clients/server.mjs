// A real `ratchet serve` on SQLite in a folder of its own, built already (./test.sh builds everything first).
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const program = join(root, 'artifacts', 'bin', 'Ratchet.Cli', 'release', 'ratchet.dll');
const patience = 120_000;

const freePort = () => new Promise((resolve, reject) => {
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

/** Asks until it holds, without a guess of how long that takes. */
export async function until(what, holds) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const found = await holds();
    if (found) return found;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`After ${patience / 1000} s it is still not so that ${what}.`);
}

/** @param environment Settings, such as { RATCHET__Fetch__PrivateNetworks__0: '127.0.0.1' }. */
export async function startServer(environment = {}) {
  if (!existsSync(program)) throw new Error(`${program} is not there: build src/Ratchet.Cli in Release first.`);
  const data = mkdtempSync(join(tmpdir(), 'ratchet-clients-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn('dotnet', [program, 'serve', '--urls', url, '--data', data, '--tasks', join(root, 'samples', 'tasks')], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => { said = (said + text).slice(-10_000); });
  const ended = new Promise(resolve => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await until('the server is ready', async () => {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${said}`);
      return fetch(`${url}/readyz`).then(answer => answer.ok, () => false);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  /** The answer's status, headers and JSON. */
  const call = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}/api/v1/${path}`, { method, headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers }, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
  };
  return { url, call, stop };
}
