-- name: Page
SELECT id, state, finished_at, retention_ms FROM jobs WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3

-- Jobs that say themselves how long they are kept; zero is for ever.
-- name: Own
SELECT id FROM jobs
WHERE retention_ms IS NOT NULL AND retention_ms > 0 AND finished_at IS NOT NULL AND finished_at + retention_ms * 1000 < ?1 LIMIT ?2

-- name: Delete
DELETE FROM jobs WHERE id = ?1 AND finished_at IS NOT NULL

-- name: SweepEvents
DELETE FROM events WHERE seq IN (SELECT seq FROM events ORDER BY seq LIMIT ?2) AND at < ?1

-- name: SweepKeys
DELETE FROM idempotency_keys WHERE created_at < ?1

-- name: SweepUnique
DELETE FROM unique_keys
WHERE (expires_at IS NOT NULL AND expires_at < ?1)
  OR (expires_at IS NULL AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = unique_keys.job_id AND j.finished_at IS NULL))
