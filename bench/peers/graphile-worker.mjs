// graphile-worker: Node on PostgreSQL. It deletes jobs that are done.
import { makeWorkerUtils, run, Logger } from 'graphile-worker';
import pg from 'pg';
import { measure } from './harness.mjs';
import { versionOf } from './versions.mjs';

const silent = new Logger(() => () => {});
let pool, utils, runner, plan, onJob;

await measure({
  name: 'graphile-worker',
  version: versionOf('graphile-worker'),

  async open(given, job) {
    [plan, onJob] = [given, job];
    pool = new pg.Pool({ connectionString: plan.postgres, max: plan.settings.poolSize });
    pool.on('error', error => console.error(error));
    pool.on('connect', client => client.on('error', error => console.error(error)));
    utils = await makeWorkerUtils({ pgPool: pool, logger: silent });
    await utils.migrate();
  },

  async add(items) {
    if (items.length === 1) await utils.addJob('add', items[0]);
    else await utils.addJobs(items.map(payload => ({ identifier: 'add', payload })));
  },

  async start() {
    const { concurrency, localQueue } = plan.settings;
    // Without a delay, completions that arrive together still go in one statement.
    const worker = localQueue ? { localQueue: { size: localQueue }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } : {};
    runner = await run({ pgPool: pool, logger: silent, noHandleSignals: true, concurrency, preset: { worker }, taskList: { add: async payload => { onJob(payload); } } });
  },

  async settled() {
    while ((await pool.query('SELECT 1 FROM graphile_worker.jobs LIMIT 1')).rowCount > 0) await new Promise(resolve => setTimeout(resolve, 2));
  },

  stop: () => runner.stop(),

  async close() {
    await utils.release();
    await pool.end();
  },
});
