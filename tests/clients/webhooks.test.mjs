// Standard Webhooks' own library verifies what a real server sends.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { sharedServer, until } from './server.mjs';

const server = sharedServer();
let receiver, url;
const received = [];

before(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', part => { body += part; });
    request.on('end', () => {
      received.push({ path: request.url, headers: request.headers, body });
      response.writeHead(request.url === '/refuses' ? 500 : 204).end();
    });
  });
  await new Promise(resolve => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${receiver.address().port}`;
});

after(() => receiver?.close());

const at = path => received.filter(r => r.path === path);
const run = () => server.call('POST', 'jobs', { task: 'addition', input: { num1: 5, num2: 10 } }, { Prefer: 'wait=30' });

test('a delivery is verified by the library, and a changed one is not', async () => {
  const made = await server.call('POST', 'webhooks', { id: 'verified', url: `${url}/verified`, events: ['job.completed'] });
  assert.equal(made.status, 201);
  assert.match(made.body.secret, /^whsec_/);
  assert.equal((await server.call('GET', 'webhooks/verified')).body.secret, undefined);
  const job = (await run()).body;
  const got = await until('the delivery has come', () => at('/verified')[0]);
  const payload = new Webhook(made.body.secret).verify(got.body, got.headers);
  assert.equal(payload.type, 'job.completed');
  assert.equal(payload.data.job, job.id);
  assert.equal(payload.data.task, 'addition');
  assert.throws(() => new Webhook(made.body.secret).verify(got.body.replace('completed', 'failed'), got.headers));
  assert.throws(() => new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw').verify(got.body, got.headers));
  const deliveries = await until('it is written down', async () => {
    const list = (await server.call('GET', 'webhooks/verified/deliveries')).body;
    return list[0]?.state === 'SUCCEEDED' && list;
  });
  assert.deepEqual(deliveries.map(d => d.id), [got.headers['webhook-id']]);
});

test('both secrets verify while they rotate', async () => {
  const first = (await server.call('POST', 'webhooks', { id: 'rotated', url: `${url}/rotated`, events: ['job.failed'] })).body.secret;
  const second = (await server.call('POST', 'webhooks/rotated/rotate', { overlap: '1h' })).body.secret;
  const ping = await server.call('POST', 'webhooks/rotated/ping', {}, { Prefer: 'wait=30' });
  assert.equal(ping.body.state, 'SUCCEEDED');
  const got = at('/rotated')[0];
  for (const secret of [first, second]) assert.equal(new Webhook(secret).verify(got.body, got.headers).type, 'webhook.ping');
});

test('an address inside a private network is refused', async () => {
  const refused = await server.call('POST', 'webhooks', { id: 'inside', url: 'http://169.254.169.254/latest/meta-data' });
  assert.equal(refused.status, 422);
  assert.equal(refused.body.errors[0].pointer, '/url');
});

test('a receiver that refuses is tried again under the same id', async () => {
  const { secret } = (await server.call('POST', 'webhooks', { id: 'refused', url: `${url}/refuses`, events: ['job.completed'] })).body;
  await run();
  const [one, two] = await until('a second attempt has come', () => at('/refuses').length > 1 && at('/refuses'));
  assert.equal(one.headers['webhook-id'], two.headers['webhook-id']);
  assert.equal(one.body, two.body);
  for (const got of [one, two]) new Webhook(secret).verify(got.body, got.headers);
  await server.call('DELETE', 'webhooks/refused');
});
