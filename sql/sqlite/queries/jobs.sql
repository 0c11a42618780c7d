-- One row a statement: there is no round trip to save, and a prepared statement that is run again is the fastest there is.
-- Every change compares the fence and advances it; the states it may leave come from the one transition table, as a text of names between bars:
-- an array would be unpacked into a table of its own for each row, and so would rows that are returned, which cost more than the change.

-- name: Insert
INSERT INTO jobs (id, tenant_id, queue, task_name, task_version, task_digest, state, priority, input, max_attempts,
  due_at, ready_at, created_at, idempotency_key, trace_parent, lane, rank, deadline_at, escalate_at, escalate_to, retention_ms, options)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, CAST(?9 AS TEXT), ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
ON CONFLICT (id) DO NOTHING

-- What changes a job keeps the state before, which its event reads from the row.
-- name: Start
UPDATE jobs SET state = ?5, was = state, node = ?3, started_at = ?4
WHERE id = ?1 AND fence = ?2 AND instr(?6, '|' || state || '|') > 0

-- name: Complete
UPDATE jobs SET state = ?10, was = state, fence = fence + 1, execution_id = ?3, attempts = ?4, lost_workers = ?5, node = ?6, started_at = ?7,
  finished_at = ?8, output = CAST(?9 AS TEXT), log = CAST(?12 AS TEXT), failure = NULL
WHERE id = ?1 AND fence = ?2 AND instr(?11, '|' || state || '|') > 0

-- ?10: the new state is a terminal one. ?13: it was cancelled, and keeps the failure of the attempt before.
-- An attempt has started, which is all that a deadline asks for.
-- name: End
UPDATE jobs SET state = ?8, was = state, fence = fence + 1, attempts = ?3, lost_workers = ?4, due_at = ?11,
  failure = iif(?13, failure, CAST(?12 AS TEXT)), deadline_at = iif(?10, deadline_at, NULL),
  node = iif(?10, ?5, NULL), started_at = iif(?10, ?6, NULL), finished_at = iif(?10, ?7, NULL)
WHERE id = ?1 AND fence = ?2 AND instr(?9, '|' || state || '|') > 0

-- ?5: the new state is a terminal one. ?7: the job gets its attempts back. ?8: how far one step of priority puts a job forward.
-- name: Move
UPDATE jobs SET state = ?4, was = state, fence = fence + 1, due_at = NULL,
  finished_at = iif(?5, ?3, NULL),
  node = iif(?5, node, NULL),
  started_at = iif(?5, started_at, NULL),
  ready_at = iif(?5, ready_at, coalesce(min(due_at, ?3), ?3)),
  rank = iif(?5, rank, coalesce(min(due_at, ?3), ?3) - priority * ?8),
  deadline_at = iif(?7, NULL, deadline_at),
  attempts = iif(?7, 0, attempts),
  lost_workers = iif(?7, 0, lost_workers)
WHERE id = ?1 AND fence = coalesce(?2, fence) AND instr(?6, '|' || state || '|') > 0

-- The states are written out so that the index jobs_waiting serves; a test holds them against the transition table.
-- name: PromoteDue
UPDATE jobs SET state = 'QUEUED', was = state, fence = fence + 1, ready_at = due_at, rank = due_at - priority * ?6, due_at = NULL, node = NULL, started_at = NULL
WHERE id IN (
  SELECT id FROM jobs
  WHERE tenant_id = ?1 AND queue = ?2 AND state IN ('SCHEDULED', 'RETRYING') AND due_at <= ?3
  ORDER BY due_at LIMIT ?4)
RETURNING id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= ?5 THEN input END, trace_parent, lane, rank, deadline_at, options, state, was

-- RETRYING ones have started and do not expire; they are named for the index's sake.
-- name: ReadExpired
SELECT id, fence FROM jobs
WHERE tenant_id = ?1 AND queue = ?2 AND deadline_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING') AND state <> 'RETRYING' AND deadline_at <= ?3
ORDER BY deadline_at LIMIT ?4

-- Waiting jobs whose time of escalation has come. The token stays: a job that is on its way to a node is none the worse.
-- name: Escalate
UPDATE jobs SET priority = max(priority, coalesce(escalate_to, 3)), rank = ready_at - max(priority, coalesce(escalate_to, 3)) * ?6, escalate_at = NULL
WHERE id IN (
  SELECT id FROM jobs
  WHERE tenant_id = ?1 AND queue = ?2 AND escalate_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING') AND escalate_at <= ?3
  ORDER BY escalate_at LIMIT ?4)
RETURNING id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= ?5 THEN input END, trace_parent, lane, rank, deadline_at, options, state

-- name: Reprioritise
UPDATE jobs SET priority = ?3, rank = ready_at - ?3 * ?5
WHERE tenant_id = ?1 AND id = ?2 AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING') AND priority <> ?3
RETURNING id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= ?4 THEN input END, trace_parent, lane, rank, deadline_at, options, state, queue

-- The least of three index entries: what becomes ready, expires or escalates next.
-- name: NextDue
SELECT min(at) FROM (
  SELECT min(due_at) AS at FROM jobs WHERE tenant_id = ?1 AND queue = ?2 AND state IN ('SCHEDULED', 'RETRYING')
  UNION ALL
  SELECT min(deadline_at) FROM jobs WHERE tenant_id = ?1 AND queue = ?2 AND deadline_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING')
    AND state <> 'RETRYING'
  UNION ALL
  SELECT min(escalate_at) FROM jobs WHERE tenant_id = ?1 AND queue = ?2 AND escalate_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING'))

-- The next lane behind ?3 that has ready jobs: one step down the index, however many jobs it has.
-- name: ReadNextLane
SELECT min(lane) FROM jobs WHERE tenant_id = ?1 AND queue = ?2 AND state = 'QUEUED' AND lane > ?3

-- name: ReadReady
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= ?5 THEN input END, trace_parent, lane, rank, deadline_at, options
FROM jobs WHERE tenant_id = ?1 AND queue = ?2 AND lane = ?3 AND state = 'QUEUED' AND (rank, id) >= (?6, ?7)
ORDER BY rank, id LIMIT ?4

-- name: ReadOneReady
SELECT id, task_name, task_version, task_digest, priority, ready_at, fence, attempts, max_attempts, lost_workers,
  CASE WHEN octet_length(input) <= ?3 THEN input END, trace_parent, lane, rank, deadline_at, options
FROM jobs WHERE tenant_id = ?1 AND id = ?2 AND state = 'QUEUED'

-- name: ReadInput
SELECT input FROM jobs WHERE id = ?1

-- name: ReadLost
SELECT id, fence, attempts, lost_workers, node, started_at FROM jobs
WHERE tenant_id = ?1 AND queue = ?2 AND state = 'PROCESSING' AND node NOT IN (SELECT value FROM json_each(?3))
ORDER BY id LIMIT ?4

-- name: Get
SELECT id, tenant_id, task_name, task_version, queue, priority, state, attempts, max_attempts, lost_workers, created_at, due_at, started_at,
  finished_at, node, failure, idempotency_key, lane, deadline_at, escalate_at, unique_key, cached_from, input, output, options,
  retention_ms, escalate_to
FROM jobs WHERE tenant_id = ?1 AND id = ?2

-- name: CountByState
SELECT state, count(*) FROM jobs WHERE tenant_id = ?1 AND queue = ?2 GROUP BY state

-- How many ready jobs of a lane go before one of them, and how many of those by their priority; counted up to ?7.
-- name: Ahead
SELECT count(*), count(*) FILTER (WHERE priority > ?6) FROM (
  SELECT priority FROM jobs
  WHERE tenant_id = ?1 AND queue = ?2 AND lane = ?3 AND state = 'QUEUED' AND (rank, id) < (?4, ?5) LIMIT ?7)

-- A job at an end; its events stay.
-- name: Delete
DELETE FROM jobs WHERE tenant_id = ?1 AND id = ?2 AND state IN ('COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED', 'QUARANTINED')
RETURNING state, attempts

-- name: DeleteExecutions
DELETE FROM executions WHERE job_id = ?1

-- The next page of what a filter picks, by id.
-- name: Pick
SELECT id, state, queue, unique_key IS NOT NULL, task_name, task_version FROM jobs
WHERE tenant_id = ?1 AND (json_array_length(?2) = 0 OR state IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR task_name = ?3)
  AND (?4 IS NULL OR queue = ?4) AND id > ?5 AND created_at < ?6
ORDER BY id LIMIT ?7

-- name: CountPicked
SELECT count(*) FROM jobs
WHERE tenant_id = ?1 AND (json_array_length(?2) = 0 OR state IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR task_name = ?3)
  AND (?4 IS NULL OR queue = ?4) AND created_at < ?5
