-- An end that is written again has the same execution.
-- name: Save
INSERT INTO recordings (execution_id, job_id, created_at, attempt, tenant_id, task_name, task_version, outcome, content)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (execution_id) DO NOTHING

-- name: Read
SELECT content FROM recordings WHERE execution_id = ?2 AND tenant_id = ?1

-- Newest first; ?3: with this outcome only.
-- name: List
SELECT execution_id, job_id, created_at, attempt, task_name, task_version, outcome, length(content) FROM recordings
WHERE tenant_id = ?1 AND task_name = ?2 AND (?3 IS NULL OR outcome = ?3)
ORDER BY execution_id DESC LIMIT ?4

-- name: Sweep
DELETE FROM recordings WHERE execution_id IN (SELECT execution_id FROM recordings WHERE created_at < ?1 ORDER BY created_at LIMIT ?2)

-- name: DeleteOfJob
DELETE FROM recordings WHERE job_id = ?1
