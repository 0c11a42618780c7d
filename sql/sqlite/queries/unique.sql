-- name: Read
SELECT job_id, first_at, expires_at FROM unique_keys WHERE tenant_id = ?1 AND kind = ?2 AND key = ?3

-- name: Take
INSERT INTO unique_keys (tenant_id, kind, key, job_id, first_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (tenant_id, kind, key) DO UPDATE SET job_id = excluded.job_id, first_at = excluded.first_at, expires_at = excluded.expires_at

-- name: ReadHolder
SELECT state, queue FROM jobs WHERE id = ?1 AND tenant_id = ?2

-- name: Postpone
UPDATE jobs SET input = CAST(?3 AS TEXT), due_at = ?4, ready_at = ?4, rank = ?4 - priority * ?5
WHERE id = ?1 AND tenant_id = ?2 AND state = 'SCHEDULED'

-- The job remembers the key, for when it is brought back.
-- name: Name
UPDATE jobs SET unique_key = ?2 WHERE id = ?1

-- name: KeyOf
SELECT unique_key FROM jobs WHERE id = ?1 AND tenant_id = ?2
