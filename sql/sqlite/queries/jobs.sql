-- One row a statement: there is no round trip to save, and a prepared statement that is run again is the fastest there is.
-- Every change compares the fence and advances it; the states it may leave come from the one transition table, as a JSON array.

-- name: Insert
INSERT INTO jobs (id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
  due_at, ready_at, created_at, idempotency_key, trace_parent)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, CAST(?9 AS TEXT), ?10, ?11, ?12, ?13, ?14, ?15)
ON CONFLICT (id) DO NOTHING

-- name: Start
UPDATE jobs SET state = ?5, node = ?3, started_at = ?4
WHERE id = ?1 AND fence = ?2 AND state IN (SELECT value FROM json_each(?6))

-- name: Complete
UPDATE jobs SET state = ?10, fence = fence + 1, execution_id = ?3, attempts = ?4, lost_workers = ?5, node = ?6, started_at = ?7, finished_at = ?8,
  output = CAST(?9 AS TEXT), log = CAST(?12 AS TEXT), failure = NULL
WHERE id = ?1 AND fence = ?2 AND state IN (SELECT value FROM json_each(?11))

-- ?10: the new state is a terminal one.
-- name: End
UPDATE jobs SET state = ?8, fence = fence + 1, attempts = ?3, lost_workers = ?4, due_at = ?11, failure = CAST(?12 AS TEXT),
  node = iif(?10, ?5, NULL), started_at = iif(?10, ?6, NULL), finished_at = iif(?10, ?7, NULL)
WHERE id = ?1 AND fence = ?2 AND state IN (SELECT value FROM json_each(?9))

-- ?5: the new state is a terminal one. ?7: the job gets its attempts back.
-- name: Move
UPDATE jobs SET state = ?4, fence = fence + 1, due_at = NULL,
  finished_at = iif(?5, ?3, NULL),
  node = iif(?5, node, NULL),
  started_at = iif(?5, started_at, NULL),
  ready_at = iif(?5, ready_at, coalesce(min(due_at, ?3), ?3)),
  attempts = iif(?7, 0, attempts),
  lost_workers = iif(?7, 0, lost_workers)
WHERE id = ?1 AND fence = coalesce(?2, fence) AND state IN (SELECT value FROM json_each(?6))

-- The states are written out so that the index jobs_waiting serves; a test holds them against the transition table.
-- name: PromoteDue
UPDATE jobs SET state = 'QUEUED', fence = fence + 1, ready_at = due_at, due_at = NULL, node = NULL, started_at = NULL
WHERE id IN (
  SELECT id FROM jobs
  WHERE tenant_id = ?1 AND queue = ?2 AND state IN ('SCHEDULED', 'RETRYING') AND due_at <= ?3
  ORDER BY due_at LIMIT ?4)
RETURNING id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= ?5 THEN input END, trace_parent

-- name: NextDue
SELECT min(due_at) FROM jobs WHERE tenant_id = ?1 AND queue = ?2 AND state IN ('SCHEDULED', 'RETRYING')

-- name: ReadReady
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= ?4 THEN input END, trace_parent
FROM jobs WHERE tenant_id = ?1 AND queue = ?2 AND state = 'QUEUED'
ORDER BY priority DESC, ready_at, id LIMIT ?3

-- name: ReadOneReady
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= ?3 THEN input END, trace_parent
FROM jobs WHERE tenant_id = ?1 AND id = ?2 AND state = 'QUEUED'

-- name: ReadInput
SELECT input FROM jobs WHERE id = ?1

-- name: ReadLost
SELECT id, fence, attempts, lost_workers, node, started_at FROM jobs
WHERE tenant_id = ?1 AND queue = ?2 AND state = 'PROCESSING' AND node NOT IN (SELECT value FROM json_each(?3))
ORDER BY id LIMIT ?4

-- name: Get
SELECT id, tenant_id, task_name, task_version, queue, priority, state, attempts, max_attempts, lost_workers, created_at, due_at, started_at,
  finished_at, node, failure, idempotency_key, input, output
FROM jobs WHERE tenant_id = ?1 AND id = ?2

-- name: List
SELECT id, tenant_id, task_name, task_version, queue, priority, state, attempts, max_attempts, lost_workers, created_at, due_at, started_at,
  finished_at, node, failure, idempotency_key
FROM jobs
WHERE tenant_id = ?1 AND (json_array_length(?2) = 0 OR state IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR task_name = ?3)
  AND (?4 IS NULL OR queue = ?4) AND (?5 IS NULL OR id < ?5)
ORDER BY id DESC LIMIT ?7 OFFSET ?6

-- name: Count
SELECT count(*) FROM jobs
WHERE tenant_id = ?1 AND (json_array_length(?2) = 0 OR state IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR task_name = ?3)
  AND (?4 IS NULL OR queue = ?4) AND (?5 IS NULL OR id < ?5)

-- name: CountByState
SELECT state, count(*) FROM jobs WHERE tenant_id = ?1 AND queue = ?2 GROUP BY state
