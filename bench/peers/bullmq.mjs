// BullMQ: Node on Redis. How durable an enqueued job is, is the server's setting: appendfsync everysec may lose the last second, always may not.
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { measure } from './harness.mjs';
import { versionOf } from './versions.mjs';

const name = 'add';
let queue, worker, plan, onJob, connection, started = 0, completed = 0;

await measure({
  name: 'BullMQ',
  version: versionOf('bullmq'),

  async open(given, job) {
    [plan, onJob] = [given, job];
    connection = { host: '127.0.0.1', port: plan.redisPort, maxRetriesPerRequest: null };
    const server = new Redis(connection);
    await server.flushall();
    await server.config('SET', 'appendonly', 'yes');
    await server.config('SET', 'appendfsync', plan.settings.appendfsync);
    await server.quit();
    queue = new Queue(name, { connection });
  },

  async add(items) {
    if (items.length === 1) await queue.add(name, items[0]);
    else await queue.addBulk(items.map(data => ({ name, data })));
  },

  async start() {
    const options = { connection, ...(plan.settings.concurrency && { concurrency: plan.settings.concurrency }) };
    worker = new Worker(name, async job => { started++; return onJob(job.data); }, options);
    // Fires when the server has answered that the result is stored.
    worker.on('completed', () => { completed++; });
    await worker.waitUntilReady();
  },

  async settled() {
    while (completed < started) await new Promise(resolve => setTimeout(resolve, 1));
  },

  stop: () => worker.close(),
  close: () => queue.close(),
});
