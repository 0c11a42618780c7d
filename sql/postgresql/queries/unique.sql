-- Takes a free key, and locks the row either way, so that of two who want it the second sees what the first did.
-- name: Claim
INSERT INTO unique_keys AS k (tenant_id, kind, key, job_id, first_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (tenant_id, kind, key) DO UPDATE SET job_id = k.job_id
RETURNING k.job_id, k.first_at, k.expires_at

-- name: Take
UPDATE unique_keys SET job_id = $4, first_at = $5, expires_at = $6 WHERE tenant_id = $1 AND kind = $2 AND key = $3

-- name: LockHolder
SELECT state, queue FROM jobs WHERE id = $1 AND tenant_id = $2 FOR UPDATE

-- A job that waits becomes what was submitted last, but for its id, its birth and its idempotency key. Its token advances: who read its old deadline
-- does not end it by that.
-- name: Postpone
WITH postponed AS (
  UPDATE jobs j SET task_version = $3, task_digest = $4, queue = $5, priority = $6, input = $7, max_attempts = $8, due_at = $9, ready_at = $9,
    trace_parent = $10, lane = $11, rank = $12, deadline_at = $13, escalate_at = $14, escalate_to = $15, retention_ms = $16, options = $17, fence = j.fence + 1
  WHERE j.id = $1 AND j.tenant_id = $2 AND j.state = 'SCHEDULED'
  RETURNING j.id, j.tenant_id, j.state)
INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, actor)
SELECT $18, id, tenant_id, 'debounce', state, state, $19 FROM postponed

-- The job remembers the key, for when it is brought back.
-- name: Name
UPDATE jobs SET unique_key = $2 WHERE id = $1

-- name: KeyOf
SELECT unique_key FROM jobs WHERE id = $1 AND tenant_id = $2
