-- name: GetQueueMode
SELECT mode FROM queues WHERE tenant_id = $1 AND name = $2

-- name: SetQueueMode
INSERT INTO queues AS q (tenant_id, name, mode) VALUES ($1, $2, $3)
ON CONFLICT (tenant_id, name) DO UPDATE SET mode = excluded.mode, revision = q.revision + 1

-- A queue that is there, at one of some revisions; null: at any.
-- name: ReviseQueueMode
UPDATE queues SET mode = $3, revision = revision + 1 WHERE tenant_id = $1 AND name = $2 AND ($4::bigint[] IS NULL OR revision = ANY($4))

-- Before a change of what else is set of the queue, in the same transaction.
-- name: TouchQueue
INSERT INTO queues AS q (tenant_id, name) VALUES ($1, $2) ON CONFLICT (tenant_id, name) DO UPDATE SET revision = q.revision + 1

-- As TouchQueue, of one that is there, at one of some revisions; null: at any.
-- name: ReviseQueue
UPDATE queues SET revision = revision + 1 WHERE tenant_id = $1 AND name = $2 AND ($3::bigint[] IS NULL OR revision = ANY($3))

-- name: ListQueues
SELECT name, mode, revision FROM queues WHERE tenant_id = $1 ORDER BY name

-- name: GetTaskMode
SELECT mode FROM tasks WHERE tenant_id = $1 AND name = $2

-- name: SetTaskMode
UPDATE tasks SET mode = $3, revision = revision + 1 WHERE tenant_id = $1 AND name = $2 AND ($4::bigint[] IS NULL OR revision = ANY($4))

-- name: GetWeights
SELECT key, weight FROM fairness_weights WHERE tenant_id = $1 AND queue = $2

-- name: SetWeight
INSERT INTO fairness_weights (tenant_id, queue, key, weight) VALUES ($1, $2, $3, $4)
ON CONFLICT (tenant_id, queue, key) DO UPDATE SET weight = excluded.weight

-- name: DeleteWeight
DELETE FROM fairness_weights WHERE tenant_id = $1 AND queue = $2 AND key = $3

-- name: GetLimits
SELECT scope, name, concurrency, rate_count, rate_window_ms, revision FROM limits WHERE tenant_id = $1 ORDER BY scope, name

-- name: PutLimit
INSERT INTO limits AS l (tenant_id, scope, name, concurrency, rate_count, rate_window_ms, updated_at, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (tenant_id, scope, name) DO UPDATE
SET concurrency = excluded.concurrency, rate_count = excluded.rate_count, rate_window_ms = excluded.rate_window_ms, updated_at = excluded.updated_at,
  revision = GREATEST(l.revision + 1, excluded.revision)
RETURNING revision

-- Only when there is none.
-- name: AddLimit
INSERT INTO limits (tenant_id, scope, name, concurrency, rate_count, rate_window_ms, updated_at, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, scope, name) DO NOTHING
RETURNING revision

-- Only one that is there, at one of some revisions; null: at any.
-- name: ReviseLimit
UPDATE limits SET concurrency = $4, rate_count = $5, rate_window_ms = $6, updated_at = $7, revision = GREATEST(revision + 1, $8)
WHERE tenant_id = $1 AND scope = $2 AND name = $3 AND ($9::bigint[] IS NULL OR revision = ANY($9))
RETURNING revision

-- name: DeleteLimit
DELETE FROM limits WHERE tenant_id = $1 AND scope = $2 AND name = $3 AND ($4::bigint[] IS NULL OR revision = ANY($4))

-- name: Reserve
WITH forgotten AS (DELETE FROM rate_reservations WHERE tenant_id = $1 AND expires_at <= $6)
INSERT INTO rate_reservations (tenant_id, key, until, count, expires_at)
SELECT $1, * FROM unnest($2::text[], $3::timestamptz[], $4::int[], $5::timestamptz[])

-- name: GetReservations
SELECT key, until, count, expires_at FROM rate_reservations WHERE tenant_id = $1 AND expires_at > $2
