-- name: Add
INSERT INTO schedules (tenant_id, id, revision, enabled, task_name, definition, input, decided_until, next_instant, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (tenant_id, id) DO NOTHING

-- name: Replace
UPDATE schedules SET revision = $4, enabled = $5, task_name = $6, definition = $7, input = $8, decided_until = $9, next_instant = $10, updated_at = $11
WHERE tenant_id = $1 AND id = $2 AND revision = $3

-- The cursor never goes back: of two that advance it, the one that is behind changes nothing.
-- name: Advance
UPDATE schedules SET decided_until = $4, next_instant = $5, last_instant = coalesce($6, last_instant)
WHERE tenant_id = $1 AND id = $2 AND revision = $3 AND decided_until <= $4

-- name: Get
SELECT tenant_id, revision, definition, decided_until, next_instant, last_instant, history_from, created_at, updated_at, input
FROM schedules WHERE tenant_id = $1 AND id = $2

-- name: List
SELECT tenant_id, revision, definition, decided_until, next_instant, last_instant, history_from, created_at, updated_at, NULL AS input
FROM schedules WHERE tenant_id = $1 AND ($2::boolean IS NULL OR enabled = $2) AND ($3::text IS NULL OR task_name = $3)
ORDER BY id LIMIT $5 OFFSET $4

-- name: Count
SELECT count(*) FROM schedules WHERE tenant_id = $1 AND ($2::boolean IS NULL OR enabled = $2) AND ($3::text IS NULL OR task_name = $3)

-- Those with an instant to come, with a submit that a crash cut off, or with a backfill under way.
-- name: ListToWake
SELECT s.tenant_id, s.id FROM schedules s
WHERE (s.enabled AND s.next_instant IS NOT NULL)
  OR EXISTS (SELECT 1 FROM schedule_fires f WHERE f.tenant_id = s.tenant_id AND f.schedule_id = s.id AND f.state IN ('PENDING', 'WAITING'))
  OR EXISTS (SELECT 1 FROM schedule_backfills b WHERE b.tenant_id = s.tenant_id AND b.schedule_id = s.id AND b.state IN ('RUNNING', 'PAUSED'))
ORDER BY s.tenant_id, s.id

-- name: Delete
DELETE FROM schedules WHERE tenant_id = $1 AND id = $2 AND ($3::bigint[] IS NULL OR revision = ANY($3))

-- name: DeleteFires
DELETE FROM schedule_fires WHERE tenant_id = $1 AND schedule_id = $2

-- name: DeleteBackfills
DELETE FROM schedule_backfills WHERE tenant_id = $1 AND schedule_id = $2

-- name: Forget
UPDATE schedules SET history_from = greatest(history_from, $3) WHERE tenant_id = $1 AND id = $2
