-- An end that is written again has the same execution.
-- name: Save
INSERT INTO recordings (execution_id, job_id, created_at, attempt, tenant_id, task_name, task_version, outcome, content)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[])
ON CONFLICT (execution_id) DO NOTHING

-- name: Read
SELECT content FROM recordings WHERE execution_id = $2 AND tenant_id = $1

-- Newest first; $3: with this outcome only.
-- name: List
SELECT execution_id, job_id, created_at, attempt, task_name, task_version, outcome, length(content) FROM recordings
WHERE tenant_id = $1 AND task_name = $2 AND ($3::text IS NULL OR outcome = $3)
ORDER BY execution_id DESC LIMIT $4

-- name: Sweep
WITH due AS (SELECT execution_id FROM recordings WHERE created_at < $1 ORDER BY created_at LIMIT $2),
gone AS (DELETE FROM recordings r USING due WHERE r.execution_id = due.execution_id RETURNING 1)
SELECT count(*) FROM gone
