-- Takes a free key, and locks the row either way, so that of two who want it the second sees what the first did.
-- name: Claim
INSERT INTO unique_keys AS k (tenant_id, kind, key, job_id, first_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (tenant_id, kind, key) DO UPDATE SET job_id = k.job_id
RETURNING k.job_id, k.first_at, k.expires_at

-- name: Take
UPDATE unique_keys SET job_id = $4, first_at = $5, expires_at = $6 WHERE tenant_id = $1 AND kind = $2 AND key = $3

-- name: LockHolder
SELECT state, queue FROM jobs WHERE id = $1 AND tenant_id = $2 FOR UPDATE

-- name: Postpone
WITH postponed AS (
  UPDATE jobs j SET input = $3, due_at = $4, ready_at = $4, rank = $4 - j.priority * $5::interval
  WHERE j.id = $1 AND j.tenant_id = $2 AND j.state = 'SCHEDULED'
  RETURNING j.id, j.tenant_id, j.state)
INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, actor)
SELECT $6, id, tenant_id, 'debounce', state, state, $7 FROM postponed

-- The job remembers the key, for when it is brought back.
-- name: Name
UPDATE jobs SET unique_key = $2 WHERE id = $1

-- name: KeyOf
SELECT unique_key FROM jobs WHERE id = $1 AND tenant_id = $2
