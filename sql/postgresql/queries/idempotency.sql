-- A key that is free, or whose holder is older than the window ($6), becomes the new job's. Callers give each key once, in order:
-- two sets that claim the same keys then wait for each other instead of deadlocking.
-- name: ClaimKeys
INSERT INTO idempotency_keys AS k (tenant_id, key, job_id, fingerprint, created_at)
SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[])
ON CONFLICT (tenant_id, key) DO UPDATE
SET job_id = excluded.job_id, fingerprint = excluded.fingerprint, created_at = excluded.created_at
WHERE k.created_at <= excluded.created_at - $6

-- name: ReadKeys
SELECT k.tenant_id, k.key, k.job_id, k.fingerprint
FROM unnest($1::text[], $2::text[]) AS asked(tenant_id, key)
JOIN idempotency_keys k ON k.tenant_id = asked.tenant_id AND k.key = asked.key

-- Those of a tenant that are within their window, which began at $3.
-- name: FindKeys
SELECT key, job_id, fingerprint FROM idempotency_keys WHERE tenant_id = $1 AND key = ANY($2::text[]) AND created_at > $3
