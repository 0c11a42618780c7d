// What all peers share: a plan comes as one JSON argument, servers' addresses by the environment, figures go to stdout as JSON lines. A peer brings an adapter:
//   name, version         what is measured
//   open(plan, onJob)     connects; onJob is to be called by the job's function with the job's data
//   add(items)            enqueues a batch, add([item]) a single job
//   start(), stop()       the worker
//   settled()             resolves when the ends of all jobs that have run are stored
//   close()
import process from 'node:process';

/** The job's data beside its two numbers: the instant of its enqueueing, for latencies. */
const item = i => ({ a: i, b: 1 });
const seconds = since => (performance.now() - since) / 1000;
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

export async function measure(adapter) {
  const plan = JSON.parse(process.argv[2]);
  plan.postgres = process.env.RATCHET_BENCH_URL;
  plan.redisPort = Number(process.env.RATCHET_BENCH_REDIS);
  // Whoever started this holds our stdin: when it is gone, so is the reason to go on.
  process.stdin.on('end', () => process.exit(1)).resume();
  const emit = figures => console.log(JSON.stringify({ system: adapter.name, version: adapter.version, scenario: plan.scenario, setting: plan.setting, ...figures }));
  const counter = new Counter();
  await adapter.open(plan, counter.note);
  const scenario = { pipeline, submit, latency }[plan.scenario];
  await scenario(adapter, plan, counter, emit);
  await adapter.close();
  process.exit(0);
}

/** Counts runs of the job's function, and wakes who waits for a number of them. */
class Counter {
  sum = 0;
  runs = 0;
  /** When the latest run began. */
  last = 0;
  #goal = Infinity;
  #reached = null;

  note = data => {
    this.last = performance.now();
    this.sum += data.a + data.b;
    if (++this.runs >= this.#goal) this.#reached();
    return { sum: data.a + data.b };
  };

  /** Resolves after `more` further runs. */
  next(more) {
    return new Promise(resolve => {
      this.#reached = resolve;
      this.#goal = this.runs + more;
    });
  }
}

/** All jobs, then the worker (or, with `overlap`, both at once); a round ends when the last end is stored. */
async function pipeline(adapter, plan, counter, emit) {
  if (plan.overlap) await adapter.start();
  for (let round = 1; round <= plan.rounds; round++) {
    const ran = counter.next(plan.jobs);
    const start = performance.now();
    await enqueue(adapter, plan);
    const submitSeconds = seconds(start);
    if (!plan.overlap) await adapter.start();
    await ran;
    await adapter.settled();
    emit({ round, jobs: plan.jobs, submitSeconds, totalSeconds: seconds(start) });
    if (!plan.overlap) await adapter.stop();
  }
  if (plan.overlap) await adapter.stop();
}

async function enqueue(adapter, plan) {
  let next = 0;
  await Promise.all(Array.from({ length: plan.submitters }, async () => {
    while (next < plan.jobs) {
      const from = next;
      next = Math.min(plan.jobs, from + plan.batch);
      await adapter.add(Array.from({ length: next - from }, (_, i) => item(from + i)));
    }
  }));
}

/** One job a call, `connections` calls under way at once, while the worker runs. */
async function submit(adapter, plan, counter, emit) {
  await adapter.start();
  for (let round = 1; round <= plan.rounds; round++) {
    const ran = counter.next(plan.jobs);
    const start = performance.now();
    let next = 0;
    await Promise.all(Array.from({ length: plan.connections }, async () => {
      while (next < plan.jobs) await adapter.add([item(next++)]);
    }));
    const submitSeconds = seconds(start);
    await ran;
    await adapter.settled();
    emit({ round, jobs: plan.jobs, submitSeconds, totalSeconds: seconds(start) });
  }
  await adapter.stop();
}

/** One job at a time on an idle system: from the call that enqueues it to the first line of its function. */
async function latency(adapter, plan, counter, emit) {
  await adapter.start();
  const samples = [];
  for (let i = 0; i < plan.warmUp + plan.jobs; i++) {
    await pause(plan.pauseMilliseconds);
    const ran = counter.next(1);
    const start = performance.now();
    await adapter.add([item(i)]);
    await ran;
    if (i >= plan.warmUp) samples.push(counter.last - start);
  }
  emit({ round: 1, jobs: plan.jobs, until: 'start', milliseconds: samples });
  await adapter.stop();
}
