-- The attempts that did not complete the job, then the one that did, which is in the job's own row.
-- name: ReadExecutions
SELECT id, attempt, outcome, started_at, finished_at, node, NULL AS output, failure, log FROM executions WHERE job_id = $2 AND tenant_id = $1
UNION ALL
SELECT execution_id, attempts, 'COMPLETED', started_at, finished_at, node, output, NULL, log FROM jobs
WHERE id = $2 AND tenant_id = $1 AND execution_id IS NOT NULL
ORDER BY finished_at, id

-- name: ExecutionExists
SELECT EXISTS (SELECT 1 FROM jobs WHERE id = $1 AND execution_id = $2) OR EXISTS (SELECT 1 FROM executions WHERE job_id = $1 AND id = $2)
