-- name: Read
SELECT job_id, first_at, expires_at FROM unique_keys WHERE tenant_id = ?1 AND kind = ?2 AND key = ?3

-- name: Take
INSERT INTO unique_keys (tenant_id, kind, key, job_id, first_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (tenant_id, kind, key) DO UPDATE SET job_id = excluded.job_id, first_at = excluded.first_at, expires_at = excluded.expires_at

-- name: ReadHolder
SELECT state, queue FROM jobs WHERE id = ?1 AND tenant_id = ?2

-- A job that waits becomes what was submitted last, but for its id, its birth and its idempotency key. Its token advances: who read its old deadline
-- does not end it by that.
-- name: Postpone
UPDATE jobs SET task_version = ?3, task_digest = ?4, queue = ?5, priority = ?6, input = CAST(?7 AS TEXT), max_attempts = ?8, due_at = ?9, ready_at = ?9,
  trace_parent = ?10, lane = ?11, rank = ?12, deadline_at = ?13, escalate_at = ?14, escalate_to = ?15, retention_ms = ?16, options = ?17, fence = fence + 1
WHERE id = ?1 AND tenant_id = ?2 AND state = 'SCHEDULED'

-- The job remembers the key, for when it is brought back.
-- name: Name
UPDATE jobs SET unique_key = ?2 WHERE id = ?1

-- name: KeyOf
SELECT unique_key FROM jobs WHERE id = ?1 AND tenant_id = ?2
