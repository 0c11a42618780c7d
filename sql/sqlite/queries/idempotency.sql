-- A key that is free, or whose holder is not younger than ?6, becomes the new job's.
-- name: ClaimKey
INSERT INTO idempotency_keys AS k (tenant_id, key, job_id, fingerprint, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (tenant_id, key) DO UPDATE
SET job_id = excluded.job_id, fingerprint = excluded.fingerprint, created_at = excluded.created_at
WHERE k.created_at <= ?6

-- name: ReadKey
SELECT job_id, fingerprint FROM idempotency_keys WHERE tenant_id = ?1 AND key = ?2

-- The key while it is within its window, which began at ?3.
-- name: FindKey
SELECT job_id, fingerprint FROM idempotency_keys WHERE tenant_id = ?1 AND key = ?2 AND created_at > ?3
