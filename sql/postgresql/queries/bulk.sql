-- name: Insert
INSERT INTO bulk_operations (id, tenant_id, action, arguments, state, total, actor, idempotency_key, created_at)
VALUES ($1, $2, $3, $4, 'RUNNING', $5, $6, $7, $8)
ON CONFLICT (tenant_id, idempotency_key) DO NOTHING

-- name: Get
SELECT id, tenant_id, action, arguments, state, cursor, total, changed, skipped, actor, created_at, finished_at FROM bulk_operations WHERE id = $1

-- name: FindByKey
SELECT id, tenant_id, action, arguments, state, cursor, total, changed, skipped, actor, created_at, finished_at FROM bulk_operations
WHERE tenant_id = $1 AND idempotency_key = $2

-- name: List
SELECT id, tenant_id, action, arguments, state, cursor, total, changed, skipped, actor, created_at, finished_at FROM bulk_operations
WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2

-- name: Advance
UPDATE bulk_operations SET cursor = $2, changed = $3, skipped = $4, state = $5, finished_at = $6, total = $7 WHERE id = $1 AND state = 'RUNNING'

-- name: ListRunning
SELECT id FROM bulk_operations WHERE state = 'RUNNING'
