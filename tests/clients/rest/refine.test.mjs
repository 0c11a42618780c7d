import assert from 'node:assert/strict';
import { test } from 'node:test';
import simpleRest from '@refinedev/simple-rest';
import { sharedServer } from '../server.mjs';

const { default: provider = simpleRest } = simpleRest;
const server = sharedServer();
const data = provider(`${server.url}/api/v1`);
const job = { task: 'addition', input: { num1: 5, num2: 10 } };
const name = `refine-${process.pid}`;


test('schedules are created, read, updated, listed and deleted', async () => {
  const { data: made } = await data.create({ resource: 'schedules', variables: { id: name, cron: '30 2 * * *', job } });
  assert.equal(made.id, name);
  assert.equal((await data.getOne({ resource: 'schedules', id: name })).data.cron, '30 2 * * *');
  const { data: changed } = await data.update({ resource: 'schedules', id: name, variables: { cron: '0 3 * * *' } });
  assert.equal(changed.cron, '0 3 * * *');
  const { data: rows, total } = await data.getList({ resource: 'schedules', pagination: { currentPage: 1, pageSize: 10, mode: 'server' } });
  assert.ok(rows.some(row => row.id === name) && total >= 1);
  await data.deleteOne({ resource: 'schedules', id: name });
  await assert.rejects(data.getOne({ resource: 'schedules', id: name }), error => error.statusCode === 404);
});

test('jobs are submitted, read and listed a page at a time', async () => {
  const ids = [];
  for (let n = 0; n < 5; n++) ids.push((await data.create({ resource: 'jobs', variables: { ...job, queue: name } })).data.id);
  assert.equal((await data.getOne({ resource: 'jobs', id: ids[0] })).data.task, 'addition');
  const filters = [{ field: 'queue', operator: 'eq', value: name }];
  const first = await data.getList({ resource: 'jobs', filters, pagination: { currentPage: 1, pageSize: 2, mode: 'server' } });
  const last = await data.getList({ resource: 'jobs', filters, pagination: { currentPage: 3, pageSize: 2, mode: 'server' } });
  assert.deepEqual([first.total, first.data.length, last.data.length], [5, 2, 1]);
  assert.equal(last.data[0].id, ids[0]);
});

test('jobs are sorted and filtered as Refine asks', async () => {
  const ids = [];
  for (let n = 0; n < 3; n++) ids.push((await data.create({ resource: 'jobs', variables: { ...job, queue: `${name}-sorted`, priority: n === 1 ? 'HIGH' : 'LOW' } })).data.id);
  const filters = [{ field: 'queue', operator: 'eq', value: `${name}-sorted` }];
  const sorted = order => data.getList({ resource: 'jobs', filters, sorters: [{ field: 'createdAt', order }], pagination: { currentPage: 1, pageSize: 10, mode: 'server' } });
  assert.deepEqual((await sorted('asc')).data.map(row => row.id), ids);
  assert.deepEqual((await sorted('desc')).data.map(row => row.id), [...ids].reverse());
  const found = await data.getList({ resource: 'jobs', filters: [...filters, { field: 'task', operator: 'contains', value: 'additi' }, { field: 'priority', operator: 'eq', value: 'HIGH' }] });
  assert.deepEqual(found.data.map(row => row.id), [ids[1]]);
});

test('a job that is at an end is deleted', async () => {
  const { body } = await server.call('POST', 'jobs', job, { prefer: 'wait=30' });
  assert.equal(body.state, 'COMPLETED');
  await data.deleteOne({ resource: 'jobs', id: body.id });
  await assert.rejects(data.getOne({ resource: 'jobs', id: body.id }), error => error.statusCode === 404);
});
