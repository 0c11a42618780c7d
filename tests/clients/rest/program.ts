// What somebody would write who has nothing but the description: it has to compile as strictly as the compiler can be.
import createClient from 'openapi-fetch';
import type { components, paths } from './ratchet.js';

type Job = components['schemas']['Job'];

export async function submitAndRead(baseUrl: string) {
  const client = createClient<paths>({ baseUrl });
  const { data: submitted, error } = await client.POST('/api/v1/jobs', {
    params: { header: { Prefer: 'wait=30' } },
    body: { task: 'addition', input: { num1: 5, num2: 10 }, priority: 'HIGH', expiresIn: '1h' },
  });
  if (submitted === undefined) throw new Error(error.detail);
  const job: Job = submitted;
  const { data: read } = await client.GET('/api/v1/jobs/{id}', { params: { path: { id: job.id } } });
  const { error: problem } = await client.POST('/api/v1/jobs', { body: { task: 'no-such-task', input: {} } });
  return { state: job.state, output: job.output, again: read?.state, problem: problem?.type };
}
