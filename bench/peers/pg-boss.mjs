// pg-boss: Node on PostgreSQL. `fetchBatch` takes jobs by fetch() and complete() from several loops, its fastest way; otherwise work(), which looks every two seconds.
import PgBoss from 'pg-boss';
import { measure } from './harness.mjs';
import { versionOf } from './versions.mjs';

const queue = 'add';
let boss, plan, onJob, loops, running, underWay = 0;

async function fetchLoop() {
  const { fetchBatch } = plan.settings;
  while (running) {
    const jobs = await boss.fetch(queue, { batchSize: fetchBatch });
    if (!jobs?.length) {
      await new Promise(resolve => setTimeout(resolve, 5));
      continue;
    }
    underWay++;
    for (const job of jobs) onJob(job.data);
    await boss.complete(queue, jobs.map(job => job.id));
    underWay--;
  }
}

await measure({
  name: 'pg-boss',
  version: versionOf('pg-boss'),

  async open(given, job) {
    [plan, onJob] = [given, job];
    boss = new PgBoss({ connectionString: plan.postgres, max: plan.settings.poolSize });
    boss.on('error', error => console.error(error));
    await boss.start();
    await boss.createQueue(queue);
  },

  async add(items) {
    if (items.length === 1) await boss.send(queue, items[0]);
    else await boss.insert(items.map(data => ({ name: queue, data })));
  },

  async start() {
    running = true;
    if (plan.settings.fetchBatch) loops = Array.from({ length: plan.settings.loops }, fetchLoop);
    else await boss.work(queue, async ([job]) => onJob(job.data));
  },

  async settled() {
    // work() completes a job after its function; its next look is two seconds away, so the row is asked.
    if (!plan.settings.fetchBatch) {
      while (await boss.getQueueSize(queue, { before: 'completed' }) > 0) await new Promise(resolve => setTimeout(resolve, 5));
    }
    while (underWay > 0) await new Promise(resolve => setTimeout(resolve, 1));
  },

  async stop() {
    running = false;
    if (loops) await Promise.all(loops);
    else await boss.offWork(queue);
  },

  close: () => boss.stop({ graceful: false }),
});
