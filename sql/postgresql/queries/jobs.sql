-- Writes take a set: arrays that unnest turns into rows, numbered so that the answer says which of them changed something.
-- Every change compares the fence and advances it; the states it may leave come from the one transition table, as a parameter.

-- $23: by whom.
-- name: Insert
WITH inserted AS (
  INSERT INTO jobs (id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
  due_at, ready_at, created_at, idempotency_key, trace_parent, lane, rank, deadline_at, escalate_at, escalate_to, retention_ms, options)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::smallint[], $9::text[], $10::int[],
  $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::text[], $16::text[], $17::timestamptz[], $18::timestamptz[],
  $19::timestamptz[], $20::smallint[], $21::bigint[], $22::text[])
  ON CONFLICT (id) DO NOTHING
  RETURNING id, tenant_id, created_at, state),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, to_state, actor)
  SELECT created_at, id, tenant_id, CASE state WHEN 'SCHEDULED' THEN 'schedule' ELSE 'enqueue' END, state, $23 FROM inserted)
SELECT id FROM inserted

-- A job whose idempotency key another job holds is left out.
-- name: InsertKeyed
WITH inserted AS (
  INSERT INTO jobs (id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
  due_at, ready_at, created_at, idempotency_key, trace_parent, lane, rank, deadline_at, escalate_at, escalate_to, retention_ms, options)
  SELECT n.* FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::smallint[], $9::text[], $10::int[],
  $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::text[], $16::text[], $17::timestamptz[], $18::timestamptz[],
  $19::timestamptz[], $20::smallint[], $21::bigint[], $22::text[])
    AS n(id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
  due_at, ready_at, created_at, idempotency_key, trace_parent, lane, rank, deadline_at, escalate_at, escalate_to, retention_ms, options)
  JOIN idempotency_keys k ON k.tenant_id = n.tenant_id AND k.key = n.idempotency_key AND k.job_id = n.id
  ON CONFLICT (id) DO NOTHING
  RETURNING id, tenant_id, created_at, state),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, to_state, actor)
  SELECT created_at, id, tenant_id, CASE state WHEN 'SCHEDULED' THEN 'schedule' ELSE 'enqueue' END, state, $23 FROM inserted)
SELECT id FROM inserted

-- name: Copy
COPY jobs (id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
  due_at, ready_at, created_at, trace_parent, lane, rank, deadline_at, escalate_at, escalate_to, retention_ms, options) FROM STDIN (FORMAT binary)

-- The same transaction's events for what was copied.
-- name: CopyEvents
COPY events (at, job_id, tenant_id, transition, to_state, actor) FROM STDIN (FORMAT binary)

-- A row that is locked is being ended: its start need not be known any more.
-- name: Start
WITH free AS (
  SELECT j.id, s.node, s.at, s.n
  FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[]) WITH ORDINALITY AS s(job, fence, node, at, n)
  JOIN jobs j ON j.id = s.job AND j.fence = s.fence AND j.state = ANY($6)
  FOR UPDATE OF j SKIP LOCKED),
started AS (
  UPDATE jobs j SET state = $5, was = j.state, node = free.node, started_at = free.at
  FROM free WHERE j.id = free.id
  RETURNING free.n, j.id, j.tenant_id, j.was, j.attempts, free.node, free.at),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor)
  SELECT at, id, tenant_id, 'start', was, $5, attempts + 1, node FROM started)
SELECT n FROM started

-- name: Complete
WITH done AS (
  UPDATE jobs j SET state = $10, was = j.state, fence = j.fence + 1, attempts = e.attempts, lost_workers = e.lost_workers, node = e.node,
    started_at = e.started_at, finished_at = e.finished_at, execution_id = e.execution, output = e.output, log = e.log, failure = NULL
  FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::text[], $12::text[])
    WITH ORDINALITY AS e(job, fence, execution, attempts, lost_workers, node, started_at, finished_at, output, log, n)
  WHERE j.id = e.job AND j.fence = e.fence AND j.state = ANY($11)
  RETURNING e.n, j.id, j.tenant_id, j.was, e.attempts, e.node, e.finished_at),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor)
  SELECT finished_at, id, tenant_id, 'complete', was, $10, attempts, node FROM done)
SELECT n FROM done

-- The attempt's end and the record of it, or neither. $15: the new state is a terminal one. $17: the transition. $18: why, in a word. $19: by whom.
-- One that was cancelled keeps the failure of the attempt before. An attempt has started, which is all that a deadline asks for.
-- name: End
WITH ended AS (
  UPDATE jobs j SET state = $13, was = j.state, fence = j.fence + 1, attempts = e.attempts, lost_workers = e.lost_workers, due_at = e.due_at,
    failure = CASE WHEN $17 = 'cancel' THEN j.failure ELSE e.failure END,
    deadline_at = CASE WHEN $15 THEN j.deadline_at END,
    node = CASE WHEN $15 THEN e.node END, started_at = CASE WHEN $15 THEN e.started_at END, finished_at = CASE WHEN $15 THEN e.finished_at END
  FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::timestamptz[], $8::timestamptz[],
      $9::int[], $10::text[], $11::timestamptz[], $12::text[], $16::text[], $18::text[], $19::text[])
    WITH ORDINALITY AS e(job, fence, execution, attempts, lost_workers, node, started_at, finished_at, attempt, outcome, due_at, failure, log, reason, actor, n)
  WHERE j.id = e.job AND j.fence = e.fence AND j.state = ANY($14)
  RETURNING e.*, j.tenant_id, j.was),
recorded AS (
  INSERT INTO executions (id, job_id, tenant_id, attempt, outcome, node, started_at, finished_at, failure, log)
  SELECT execution, job, tenant_id, attempt, outcome, node, started_at, finished_at, failure, log FROM ended),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor, reason)
  SELECT finished_at, job, tenant_id, $17, was, $13, attempt, actor, reason FROM ended)
SELECT n FROM ended

-- $5: the new state is a terminal one. $7: the job gets its attempts back. $8: how far one step of priority puts a job forward. $9: the transition.
-- One that is taken from a job that runs belongs to the attempt under way.
-- name: Move
WITH moved AS (
  UPDATE jobs j SET state = $4, was = j.state, fence = j.fence + 1, due_at = NULL,
    finished_at = CASE WHEN $5 THEN m.at END,
    node = CASE WHEN $5 THEN j.node END,
    started_at = CASE WHEN $5 THEN j.started_at END,
    ready_at = CASE WHEN $5 THEN j.ready_at ELSE coalesce(least(j.due_at, m.at), m.at) END,
    rank = CASE WHEN $5 THEN j.rank ELSE coalesce(least(j.due_at, m.at), m.at) - j.priority * $8::interval END,
    deadline_at = CASE WHEN $7 THEN NULL ELSE j.deadline_at END,
    attempts = CASE WHEN $7 THEN 0 ELSE j.attempts END,
    lost_workers = CASE WHEN $7 THEN 0 ELSE j.lost_workers END
  FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $10::text[], $11::text[]) WITH ORDINALITY AS m(job, fence, at, actor, reason, n)
  WHERE j.id = m.job AND j.fence = coalesce(m.fence, j.fence) AND j.state = ANY($6)
  RETURNING m.*, j.tenant_id, j.was, j.attempts),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor, reason)
  SELECT at, job, tenant_id, $9, was, $4, attempts + CASE WHEN was = 'PROCESSING' THEN 1 ELSE 0 END, actor, reason FROM moved)
SELECT n FROM moved

-- The states are written out so that the index jobs_waiting serves; a test holds them against the transition table.
-- name: PromoteDue
WITH due AS (
  SELECT id FROM jobs
  WHERE tenant_id = $1 AND queue = $2 AND state IN ('SCHEDULED', 'RETRYING') AND due_at <= $3
  ORDER BY due_at LIMIT $4
  FOR UPDATE SKIP LOCKED),
promoted AS (
  UPDATE jobs j SET state = 'QUEUED', was = j.state, fence = j.fence + 1, ready_at = j.due_at, rank = j.due_at - j.priority * $6::interval,
    due_at = NULL, node = NULL, started_at = NULL
  FROM due WHERE j.id = due.id
  RETURNING j.*),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor)
  SELECT $3, id, tenant_id, 'promote', was, state, attempts, 'queue' FROM promoted)
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= $5 THEN input END, trace_parent, lane, rank, deadline_at, options
FROM promoted

-- The jobs of a queue whose deadline has passed and that have not started, as far as the store knows: the queue knows better, and moves them.
-- RETRYING ones have started and do not expire; they are named for the index's sake.
-- name: ReadExpired
SELECT id, fence FROM jobs
WHERE tenant_id = $1 AND queue = $2 AND deadline_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING') AND state <> 'RETRYING' AND deadline_at <= $3
ORDER BY deadline_at LIMIT $4

-- Waiting jobs whose time of escalation has come. The token stays: a job that is on its way to a node is none the worse.
-- name: Escalate
WITH due AS (
  SELECT id FROM jobs
  WHERE tenant_id = $1 AND queue = $2 AND escalate_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING') AND escalate_at <= $3
  ORDER BY escalate_at LIMIT $4
  FOR UPDATE SKIP LOCKED),
escalated AS (
  UPDATE jobs j SET priority = greatest(j.priority, coalesce(j.escalate_to, 3)),
    rank = j.ready_at - greatest(j.priority, coalesce(j.escalate_to, 3)) * $6::interval, escalate_at = NULL
  FROM due WHERE j.id = due.id
  RETURNING j.*),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor)
  SELECT $3, id, tenant_id, 'escalate', state, state, attempts, 'queue' FROM escalated)
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= $5 THEN input END, trace_parent, lane, rank, deadline_at, options, state
FROM escalated

-- name: Reprioritise
WITH given AS (
  UPDATE jobs j SET priority = $3, rank = j.ready_at - $3 * $5::interval
  WHERE j.tenant_id = $1 AND j.id = ANY($2) AND j.state IN ('SCHEDULED', 'QUEUED', 'RETRYING') AND j.priority <> $3
  RETURNING j.*),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor)
  SELECT $6, id, tenant_id, 'reprioritise', state, state, attempts, $7 FROM given)
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= $4 THEN input END, trace_parent, lane, rank, deadline_at, options, state, queue
FROM given

-- The least of three index entries: what becomes ready, expires or escalates next.
-- name: NextDue
SELECT least(
  (SELECT min(due_at) FROM jobs WHERE tenant_id = $1 AND queue = $2 AND state IN ('SCHEDULED', 'RETRYING')),
  (SELECT min(deadline_at) FROM jobs WHERE tenant_id = $1 AND queue = $2 AND deadline_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING') AND state <> 'RETRYING'),
  (SELECT min(escalate_at) FROM jobs WHERE tenant_id = $1 AND queue = $2 AND escalate_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING')))

-- The lanes behind $3 that have ready jobs: one step down the index a lane, however many jobs it has.
-- name: ReadLanes
WITH RECURSIVE found(lane, n) AS (
  (SELECT lane, 1 FROM jobs WHERE tenant_id = $1 AND queue = $2 AND state = 'QUEUED' AND lane > $3 ORDER BY lane LIMIT 1)
  UNION ALL
  SELECT (SELECT j.lane FROM jobs j WHERE j.tenant_id = $1 AND j.queue = $2 AND j.state = 'QUEUED' AND j.lane > f.lane ORDER BY j.lane LIMIT 1), f.n + 1
  FROM found f WHERE f.lane IS NOT NULL AND f.n < $4)
SELECT lane FROM found WHERE lane IS NOT NULL

-- The best of several lanes, of each as many as asked for.
-- name: ReadReady
SELECT j.* FROM unnest($3::text[], $4::int[], $6::timestamptz[], $7::uuid[]) AS asked(lane, want, rank, id) CROSS JOIN LATERAL (
  SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
    CASE WHEN octet_length(input) <= $5 THEN input END, trace_parent, lane, rank, deadline_at, options
  FROM jobs WHERE tenant_id = $1 AND queue = $2 AND lane = asked.lane AND state = 'QUEUED' AND (rank, id) >= (asked.rank, asked.id)
  ORDER BY rank, id LIMIT asked.want) AS j

-- name: ReadOneReady
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= $3 THEN input END, trace_parent, lane, rank, deadline_at, options
FROM jobs WHERE tenant_id = $1 AND id = $2 AND state = 'QUEUED'

-- name: ReadInputs
SELECT id, input FROM jobs WHERE id = ANY($1)

-- name: ReadLost
SELECT id, fence, attempts, lost_workers, node, started_at FROM jobs
WHERE tenant_id = $1 AND queue = $2 AND state = 'PROCESSING' AND NOT (node = ANY($3))
ORDER BY id LIMIT $4

-- name: Get
SELECT id, tenant_id, task_name, task_version, queue, priority, state, attempts, max_attempts, lost_workers, created_at, due_at, started_at,
  finished_at, node, failure, idempotency_key, lane, deadline_at, escalate_at, unique_key, cached_from, input, output, options,
  retention_ms, escalate_to
FROM jobs WHERE tenant_id = $1 AND id = $2

-- name: CountByState
SELECT state, count(*) FROM jobs WHERE tenant_id = $1 AND queue = $2 GROUP BY state

-- How many ready jobs of a lane go before one of them, and how many of those by their priority; counted up to $7.
-- name: Ahead
SELECT count(*), count(*) FILTER (WHERE priority > $6) FROM (
  SELECT priority FROM jobs
  WHERE tenant_id = $1 AND queue = $2 AND lane = $3 AND state = 'QUEUED' AND (rank, id) < ($4, $5) LIMIT $7) AS before

-- Jobs at an end, with their attempts; events stay and say so.
-- name: Delete
WITH gone AS (
  DELETE FROM jobs WHERE tenant_id = $1 AND id = ANY($2) AND state IN ('COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED', 'QUARANTINED')
  RETURNING id, tenant_id, state, attempts),
attempts AS (DELETE FROM executions e USING gone WHERE e.job_id = gone.id),
recorded AS (DELETE FROM recordings r USING gone WHERE r.job_id = gone.id),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor)
  SELECT $3, id, tenant_id, 'delete', state, state, attempts, $4 FROM gone)
SELECT id FROM gone

-- The next page of what a filter picks, by id.
-- name: Pick
SELECT id, state, queue, unique_key IS NOT NULL, task_name, task_version FROM jobs
WHERE tenant_id = $1 AND (cardinality($2::text[]) = 0 OR state = ANY($2)) AND ($3::text IS NULL OR task_name = $3)
  AND ($4::text IS NULL OR queue = $4) AND id > $5 AND created_at < $6
ORDER BY id LIMIT $7

-- name: CountPicked
SELECT count(*) FROM jobs
WHERE tenant_id = $1 AND (cardinality($2::text[]) = 0 OR state = ANY($2)) AND ($3::text IS NULL OR task_name = $3)
  AND ($4::text IS NULL OR queue = $4) AND created_at < $5
