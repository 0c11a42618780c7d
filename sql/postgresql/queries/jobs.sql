-- Writes take a set: arrays that unnest turns into rows, numbered so that the answer says which of them changed something.
-- Every change compares the fence and advances it; the states it may leave come from the one transition table, as a parameter.

-- name: Insert
INSERT INTO jobs (id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
  due_at, ready_at, created_at, idempotency_key, trace_parent)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::smallint[], $9::text[], $10::int[],
  $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::text[])
ON CONFLICT (id) DO NOTHING
RETURNING id

-- A job whose idempotency key another job holds is left out.
-- name: InsertKeyed
INSERT INTO jobs (id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
  due_at, ready_at, created_at, idempotency_key, trace_parent)
SELECT n.* FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::smallint[], $9::text[], $10::int[],
  $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::text[])
  AS n(id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
    due_at, ready_at, created_at, idempotency_key, trace_parent)
JOIN idempotency_keys k ON k.tenant_id = n.tenant_id AND k.key = n.idempotency_key AND k.job_id = n.id
ON CONFLICT (id) DO NOTHING
RETURNING id

-- name: Copy
COPY jobs (id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
  due_at, ready_at, created_at, trace_parent) FROM STDIN (FORMAT binary)

-- A row that is locked is being ended: its start need not be known any more.
-- name: Start
WITH free AS (
  SELECT j.id, s.node, s.at, s.n
  FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[]) WITH ORDINALITY AS s(job, fence, node, at, n)
  JOIN jobs j ON j.id = s.job AND j.fence = s.fence AND j.state = ANY($6)
  FOR UPDATE OF j SKIP LOCKED)
UPDATE jobs j SET state = $5, node = free.node, started_at = free.at
FROM free WHERE j.id = free.id
RETURNING free.n

-- name: Complete
UPDATE jobs j SET state = $10, fence = j.fence + 1, attempts = e.attempts, lost_workers = e.lost_workers, node = e.node,
  started_at = e.started_at, finished_at = e.finished_at, execution_id = e.execution, output = e.output, log = e.log, failure = NULL
FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::text[], $12::text[])
  WITH ORDINALITY AS e(job, fence, execution, attempts, lost_workers, node, started_at, finished_at, output, log, n)
WHERE j.id = e.job AND j.fence = e.fence AND j.state = ANY($11)
RETURNING e.n

-- The attempt's end and the record of it, or neither. $15: the new state is a terminal one.
-- name: End
WITH ended AS (
  UPDATE jobs j SET state = $13, fence = j.fence + 1, attempts = e.attempts, lost_workers = e.lost_workers, due_at = e.due_at, failure = e.failure,
    node = CASE WHEN $15 THEN e.node END, started_at = CASE WHEN $15 THEN e.started_at END, finished_at = CASE WHEN $15 THEN e.finished_at END
  FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::int[], $5::int[], $6::text[], $7::timestamptz[], $8::timestamptz[],
      $9::int[], $10::text[], $11::timestamptz[], $12::text[], $16::text[])
    WITH ORDINALITY AS e(job, fence, execution, attempts, lost_workers, node, started_at, finished_at, attempt, outcome, due_at, failure, log, n)
  WHERE j.id = e.job AND j.fence = e.fence AND j.state = ANY($14)
  RETURNING e.*, j.tenant_id),
recorded AS (
  INSERT INTO executions (id, job_id, tenant_id, attempt, outcome, node, started_at, finished_at, failure, log)
  SELECT execution, job, tenant_id, attempt, outcome, node, started_at, finished_at, failure, log FROM ended)
SELECT n FROM ended

-- $5: the new state is a terminal one. $7: the job gets its attempts back.
-- name: Move
UPDATE jobs j SET state = $4, fence = j.fence + 1, due_at = NULL,
  finished_at = CASE WHEN $5 THEN m.at END,
  node = CASE WHEN $5 THEN j.node END,
  started_at = CASE WHEN $5 THEN j.started_at END,
  ready_at = CASE WHEN $5 THEN j.ready_at ELSE coalesce(least(j.due_at, m.at), m.at) END,
  attempts = CASE WHEN $7 THEN 0 ELSE j.attempts END,
  lost_workers = CASE WHEN $7 THEN 0 ELSE j.lost_workers END
FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) WITH ORDINALITY AS m(job, fence, at, n)
WHERE j.id = m.job AND j.fence = coalesce(m.fence, j.fence) AND j.state = ANY($6)
RETURNING m.n

-- The states are written out so that the index jobs_waiting serves; a test holds them against the transition table.
-- name: PromoteDue
WITH due AS (
  SELECT id FROM jobs
  WHERE tenant_id = $1 AND queue = $2 AND state IN ('SCHEDULED', 'RETRYING') AND due_at <= $3
  ORDER BY due_at LIMIT $4
  FOR UPDATE SKIP LOCKED)
UPDATE jobs j SET state = 'QUEUED', fence = j.fence + 1, ready_at = j.due_at, due_at = NULL, node = NULL, started_at = NULL
FROM due WHERE j.id = due.id
RETURNING j.id, j.task_name, j.task_version, j.task_digest, j.priority, j.ready_at, j.fence, j.attempts, j.max_attempts, j.lost_workers,
  CASE WHEN octet_length(j.input) <= $5 THEN j.input END, j.trace_parent

-- name: NextDue
SELECT min(due_at) FROM jobs WHERE tenant_id = $1 AND queue = $2 AND state IN ('SCHEDULED', 'RETRYING')

-- name: ReadReady
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= $4 THEN input END, trace_parent
FROM jobs WHERE tenant_id = $1 AND queue = $2 AND state = 'QUEUED'
ORDER BY priority DESC, ready_at, id LIMIT $3

-- name: ReadOneReady
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= $3 THEN input END, trace_parent
FROM jobs WHERE tenant_id = $1 AND id = $2 AND state = 'QUEUED'

-- name: ReadInputs
SELECT id, input FROM jobs WHERE id = ANY($1)

-- name: ReadLost
SELECT id, fence, attempts, lost_workers, node, started_at FROM jobs
WHERE tenant_id = $1 AND queue = $2 AND state = 'PROCESSING' AND NOT (node = ANY($3))
ORDER BY id LIMIT $4

-- name: Get
SELECT id, tenant_id, task_name, task_version, queue, priority, state, attempts, max_attempts, lost_workers, created_at, due_at, started_at,
  finished_at, node, failure, idempotency_key, input, output
FROM jobs WHERE tenant_id = $1 AND id = $2

-- name: List
SELECT id, tenant_id, task_name, task_version, queue, priority, state, attempts, max_attempts, lost_workers, created_at, due_at, started_at,
  finished_at, node, failure, idempotency_key
FROM jobs
WHERE tenant_id = $1 AND (cardinality($2::text[]) = 0 OR state = ANY($2)) AND ($3::text IS NULL OR task_name = $3)
  AND ($4::text IS NULL OR queue = $4) AND ($5::uuid IS NULL OR id < $5)
ORDER BY id DESC OFFSET $6 LIMIT $7

-- name: Count
SELECT count(*) FROM jobs
WHERE tenant_id = $1 AND (cardinality($2::text[]) = 0 OR state = ANY($2)) AND ($3::text IS NULL OR task_name = $3)
  AND ($4::text IS NULL OR queue = $4) AND ($5::uuid IS NULL OR id < $5)

-- name: CountByState
SELECT state, count(*) FROM jobs WHERE tenant_id = $1 AND queue = $2 GROUP BY state
