import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { sharedServer } from '../server.mjs';

const run = promisify(execFile);
const here = import.meta.dirname;
const bin = name => join(here, 'node_modules', '.bin', name);
const server = sharedServer().url;
let folder;

before(async () => {
  // Beside node_modules, where the compiled client finds its packages.
  folder = await mkdtemp(join(here, '.work-'));
  const answer = await fetch(`${server}/openapi/v1.json`);
  assert.equal(answer.status, 200);
  await writeFile(join(folder, 'openapi.json'), await answer.text());
});

after(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('the description is linted without an error', async () => {
  const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { stdout } = await run(bin('redocly'), ['lint', join(folder, 'openapi.json'), '--config', join(here, 'redocly.yaml'), '--format', 'json'], { env: environment, maxBuffer: 64 << 20 })
    .catch(error => ({ stdout: error.stdout }));
  const { totals, problems } = JSON.parse(stdout);
  assert.equal(totals.errors, 0, problems.filter(p => p.severity === 'error').slice(0, 10).map(p => `${p.ruleId}: ${p.message} at ${p.location?.[0]?.pointer}`).join('\n'));
  assert.equal(totals.warnings, 0, problems.slice(0, 10).map(p => `${p.ruleId}: ${p.message} at ${p.location?.[0]?.pointer}`).join('\n'));
});

test('a client generated from it compiles, submits a job and reads it', async () => {
  await run(bin('openapi-typescript'), [join(folder, 'openapi.json'), '-o', join(folder, 'ratchet.d.ts')]);
  await copyFile(join(here, 'program.ts'), join(folder, 'program.ts'));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, target: 'es2022', module: 'nodenext', types: [], lib: ['es2022', 'dom'], skipLibCheck: true },
    files: ['program.ts'],
  }));
  await run(bin('tsc'), ['-p', folder]).catch(error => assert.fail(error.stdout));
  const { submitAndRead } = await import(pathToFileURL(join(folder, 'program.js')));
  assert.deepEqual(await submitAndRead(server), { state: 'COMPLETED', output: { sum: 15 }, again: 'COMPLETED', problem: 'urn:ratchet:problem:unknown-task' });
});

test('its pages are there, and so is all that they load', async () => {
  const page = await (await fetch(`${server}/docs`)).text();
  const scripts = [...page.matchAll(/src="([^"]+)"/g)].map(match => match[1]);
  assert.deepEqual(scripts, ['/docs/scalar.js', '/docs/start.js']);
  for (const script of scripts) assert.equal((await fetch(server + script)).status, 200);
});
