-- name: Add
INSERT INTO webhooks (tenant_id, id, revision, enabled, definition, secret, previous_secret, previous_until, since_xact, since_seq, failing_since, disabled_reason, updated_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (tenant_id, id) DO NOTHING

-- name: Replace
UPDATE webhooks SET revision = $3, enabled = $4, definition = $5, secret = $6, previous_secret = $7, previous_until = $8, since_xact = $9, since_seq = $10,
  failing_since = $11, disabled_reason = $12, updated_at = $13
WHERE tenant_id = $1 AND id = $2 AND revision = $14

-- name: Get
SELECT tenant_id, revision, definition, secret, previous_secret, previous_until, since_xact, since_seq, failing_since, disabled_reason, created_at, updated_at
FROM webhooks WHERE tenant_id = $1 AND id = $2

-- name: List
SELECT tenant_id, revision, definition, secret, previous_secret, previous_until, since_xact, since_seq, failing_since, disabled_reason, created_at, updated_at
FROM webhooks WHERE tenant_id = $1 ORDER BY id

-- Whose webhooks may have something to do.
-- name: ListTenants
SELECT DISTINCT tenant_id FROM webhooks ORDER BY tenant_id

-- name: NoteFailing
UPDATE webhooks SET failing_since = $3 WHERE tenant_id = $1 AND id = $2

-- name: Delete
DELETE FROM webhooks WHERE tenant_id = $1 AND id = $2 AND ($3::bigint[] IS NULL OR revision = ANY($3))

-- name: DeleteAttempts
DELETE FROM webhook_attempts a USING webhook_deliveries d WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND a.delivery_id = d.id

-- name: DeleteDeliveries
DELETE FROM webhook_deliveries WHERE tenant_id = $1 AND webhook_id = $2

-- Every event up to here is there to be seen, and none will come to be before it.
-- name: Position
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1, 9223372036854775807

-- name: Cursor
SELECT xact, seq FROM webhook_cursors WHERE tenant_id = $1

-- A job that is gone has no names any more.
-- name: Follow
SELECT e.xact::text::bigint, e.seq, e.at, e.job_id, e.transition, e.from_state, e.to_state, e.attempt, e.actor, e.reason, j.task_name, j.task_version, j.queue
FROM (
  SELECT xact, seq, at, job_id, transition, from_state, to_state, attempt, actor, reason FROM events
  WHERE (xact, seq) > ($2::text::xid8, $3) AND xact <= $4::text::xid8 AND tenant_id = $1
  ORDER BY xact, seq LIMIT $5) e
LEFT JOIN jobs j ON j.id = e.job_id
ORDER BY e.xact, e.seq

-- Of two that move it on, the one that knows another place than the row's changes nothing.
-- name: MoveCursor
INSERT INTO webhook_cursors (tenant_id, xact, seq) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id) DO UPDATE SET xact = $2, seq = $3 WHERE webhook_cursors.xact = $4 AND webhook_cursors.seq = $5
