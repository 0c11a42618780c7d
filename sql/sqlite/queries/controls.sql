-- name: GetQueueMode
SELECT mode FROM queues WHERE tenant_id = ?1 AND name = ?2

-- name: SetQueueMode
INSERT INTO queues (tenant_id, name, mode) VALUES (?1, ?2, ?3) ON CONFLICT (tenant_id, name) DO UPDATE SET mode = excluded.mode

-- name: ListQueues
SELECT name, mode FROM queues WHERE tenant_id = ?1 ORDER BY name

-- name: GetTaskMode
SELECT mode FROM tasks WHERE tenant_id = ?1 AND name = ?2

-- name: SetTaskMode
UPDATE tasks SET mode = ?3 WHERE tenant_id = ?1 AND name = ?2

-- name: GetWeights
SELECT key, weight FROM fairness_weights WHERE tenant_id = ?1 AND queue = ?2

-- name: SetWeight
INSERT INTO fairness_weights (tenant_id, queue, key, weight) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (tenant_id, queue, key) DO UPDATE SET weight = excluded.weight

-- name: DeleteWeight
DELETE FROM fairness_weights WHERE tenant_id = ?1 AND queue = ?2 AND key = ?3

-- name: GetLimits
SELECT scope, name, concurrency, rate_count, rate_window_ms FROM limits WHERE tenant_id = ?1 ORDER BY scope, name

-- name: PutLimit
INSERT INTO limits (tenant_id, scope, name, concurrency, rate_count, rate_window_ms, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (tenant_id, scope, name) DO UPDATE
SET concurrency = excluded.concurrency, rate_count = excluded.rate_count, rate_window_ms = excluded.rate_window_ms, updated_at = excluded.updated_at

-- name: DeleteLimit
DELETE FROM limits WHERE tenant_id = ?1 AND scope = ?2 AND name = ?3

-- name: Forget
DELETE FROM rate_reservations WHERE tenant_id = ?1 AND expires_at <= ?2

-- name: Reserve
INSERT INTO rate_reservations (tenant_id, key, until, count, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)

-- name: GetReservations
SELECT key, until, count, expires_at FROM rate_reservations WHERE tenant_id = ?1 AND expires_at > ?2
