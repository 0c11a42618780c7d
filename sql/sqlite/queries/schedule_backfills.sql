-- name: Add
INSERT INTO schedule_backfills (id, tenant_id, schedule_id, from_at, to_at, per_minute, state, total, next_at, created_at, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (id) DO NOTHING

-- name: Get
SELECT id, from_at, to_at, per_minute, state, total, handled, created_at, updated_at, done_until, next_at,
  (SELECT count(*) FROM schedule_fires f WHERE f.backfill_id = b.id AND f.state = 'SUBMITTED')
FROM schedule_backfills b WHERE tenant_id = ?1 AND schedule_id = ?2 AND id = ?3

-- name: List
SELECT id, from_at, to_at, per_minute, state, total, handled, created_at, updated_at, done_until, next_at,
  (SELECT count(*) FROM schedule_fires f WHERE f.backfill_id = b.id AND f.state = 'SUBMITTED')
FROM schedule_backfills b WHERE tenant_id = ?1 AND schedule_id = ?2 ORDER BY created_at DESC, id DESC LIMIT ?3

-- What the schedule works on: the counts are for people.
-- name: ReadOpen
SELECT id, from_at, to_at, per_minute, state, total, handled, created_at, updated_at, done_until, next_at, 0
FROM schedule_backfills WHERE tenant_id = ?1 AND schedule_id = ?2 AND state IN ('RUNNING', 'PAUSED') ORDER BY next_at, id

-- name: Advance
UPDATE schedule_backfills SET done_until = ?3, handled = ?4, next_at = ?5, state = ?6, updated_at = ?7
WHERE id = ?1 AND state = 'RUNNING' AND done_until IS ?2

-- name: Move
UPDATE schedule_backfills SET state = ?4, updated_at = ?5 WHERE id = ?3 AND tenant_id = ?1 AND schedule_id = ?2 AND state IN ('RUNNING', 'PAUSED')
