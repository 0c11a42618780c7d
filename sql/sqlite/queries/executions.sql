-- Follows an End that changed the job's row, in the same transaction.
-- name: Record
INSERT INTO executions (id, job_id, attempt, outcome, node, started_at, finished_at, failure, log, tenant_id)
SELECT ?2, id, ?3, ?4, ?5, ?6, ?7, CAST(?8 AS TEXT), CAST(?9 AS TEXT), tenant_id FROM jobs WHERE id = ?1

-- An attempt whose job was cancelled while it ran: the cancel took the token that the attempt had, and nobody has moved the job since.
-- name: RecordCancelled
INSERT INTO executions (id, job_id, attempt, outcome, node, started_at, finished_at, failure, log, tenant_id)
SELECT ?3, id, ?4, ?5, ?6, ?7, ?8, CAST(?9 AS TEXT), CAST(?10 AS TEXT), tenant_id FROM jobs
WHERE id = ?1 AND fence = ?2 + 1 AND state = 'CANCELLED' AND NOT EXISTS (SELECT 1 FROM executions WHERE job_id = ?1 AND id = ?3)

-- The attempts that did not complete the job, then the one that did, which is in the job's own row.
-- name: ReadExecutions
SELECT id, attempt, outcome, started_at, finished_at, node, NULL AS output, failure, log,
  EXISTS (SELECT 1 FROM recordings r WHERE r.execution_id = executions.id) AS recorded FROM executions WHERE job_id = ?2 AND tenant_id = ?1
UNION ALL
SELECT execution_id, attempts, 'COMPLETED', started_at, finished_at, node, output, NULL, log,
  EXISTS (SELECT 1 FROM recordings r WHERE r.execution_id = jobs.execution_id) FROM jobs
WHERE id = ?2 AND tenant_id = ?1 AND execution_id IS NOT NULL AND cached_from IS NULL
ORDER BY finished_at, id

-- name: ExecutionExists
SELECT EXISTS (SELECT 1 FROM jobs WHERE id = ?1 AND execution_id = ?2) OR EXISTS (SELECT 1 FROM executions WHERE job_id = ?1 AND id = ?2)
