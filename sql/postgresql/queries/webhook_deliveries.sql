-- For webhooks that are there and enabled: those who made the deliveries may not have heard of a change. The lock keeps a deletion out until the commit.
-- name: Dispatch
WITH live AS (SELECT id FROM webhooks WHERE tenant_id = $1 AND enabled FOR SHARE)
INSERT INTO webhook_deliveries (tenant_id, webhook_id, id, event_xact, event_seq, type, job_id, payload, state, next_at, created_at)
SELECT $1, n.webhook_id, n.id, n.event_xact, n.event_seq, n.type, n.job_id, n.payload, 'PENDING', $9, $9
FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::text[], $7::uuid[], $8::text[]) AS n(webhook_id, id, event_xact, event_seq, type, job_id, payload)
JOIN live ON live.id = n.webhook_id
ON CONFLICT DO NOTHING

-- name: AddPing
INSERT INTO webhook_deliveries (tenant_id, webhook_id, id, type, payload, state, next_at, created_at)
SELECT $1, $2, $3, $4, $5, 'PENDING', $6, $6 FROM webhooks WHERE tenant_id = $1 AND id = $2
ON CONFLICT DO NOTHING

-- name: Get
SELECT id, type, state, job_id, attempts, created_at, next_at, finished_at, last_status, last_error, payload
FROM webhook_deliveries WHERE tenant_id = $1 AND webhook_id = $2 AND id = $3

-- name: List
SELECT id, type, state, job_id, attempts, created_at, next_at, finished_at, last_status, last_error, NULL AS payload
FROM webhook_deliveries
WHERE tenant_id = $1 AND webhook_id = $2 AND ($3::text IS NULL OR state = $3) AND ($4::text IS NULL OR type = $4) AND ($5::uuid IS NULL OR job_id = $5)
  AND ($6::uuid IS NULL OR id < $6)
ORDER BY id DESC LIMIT $7

-- name: ReadAttempts
SELECT number, at, status, error, duration_us, response FROM webhook_attempts WHERE delivery_id = $1 ORDER BY number

-- The ones to be tried next, due or not. A disabled webhook's events wait; its pings do not.
-- name: ReadNext
SELECT id, type, payload, attempts, tries, next_at FROM webhook_deliveries
WHERE tenant_id = $1 AND webhook_id = $2 AND state = 'PENDING' AND ($3 OR event_seq IS NULL) ORDER BY next_at, id LIMIT $4

-- name: Record
WITH ended AS (
  UPDATE webhook_deliveries SET state = $5, attempts = attempts + 1, tries = tries + 1, next_at = $6, finished_at = $7, last_status = $8, last_error = $9
  WHERE tenant_id = $1 AND webhook_id = $2 AND id = $3 AND attempts = $4 AND state = 'PENDING'
  RETURNING id, attempts)
INSERT INTO webhook_attempts (delivery_id, number, at, status, error, duration_us, response)
SELECT id, attempts, $10, $8, $9, $11, $12 FROM ended

-- name: Resend
UPDATE webhook_deliveries SET state = 'PENDING', tries = 0, next_at = $4, finished_at = NULL
WHERE tenant_id = $1 AND webhook_id = $2 AND id = $3 AND attempts < $5

-- name: ResendFailed
UPDATE webhook_deliveries SET state = 'PENDING', tries = 0, next_at = $4, finished_at = NULL
WHERE tenant_id = $1 AND webhook_id = $2 AND state = 'FAILED' AND attempts < $5 AND id IN (
  SELECT id FROM webhook_deliveries
  WHERE tenant_id = $1 AND webhook_id = $2 AND state = 'FAILED' AND created_at >= $3 AND attempts < $5 AND event_seq IS NOT NULL
  ORDER BY created_at, id LIMIT $6)

-- name: ListDue
SELECT w.id FROM webhooks w
WHERE w.tenant_id = $1 AND EXISTS (
  SELECT 1 FROM webhook_deliveries d
  WHERE d.tenant_id = w.tenant_id AND d.webhook_id = w.id AND d.state = 'PENDING' AND d.next_at <= $2 AND (w.enabled OR d.event_seq IS NULL))
ORDER BY w.id

-- name: GetBacklog
SELECT count(*), min(created_at) FROM (SELECT created_at FROM webhook_deliveries WHERE tenant_id = $1 AND webhook_id = $2 AND state = 'PENDING' LIMIT $3) AS p

-- name: Sweep
WITH due AS (
  SELECT tenant_id, webhook_id, id FROM webhook_deliveries
  WHERE finished_at IS NOT NULL AND ((state = 'SUCCEEDED' AND finished_at < $1) OR (state = 'FAILED' AND finished_at < $2)) ORDER BY finished_at LIMIT $3),
gone AS (DELETE FROM webhook_deliveries d USING due WHERE d.tenant_id = due.tenant_id AND d.webhook_id = due.webhook_id AND d.id = due.id RETURNING d.id),
attempts AS (DELETE FROM webhook_attempts a USING gone WHERE a.delivery_id = gone.id)
SELECT count(*) FROM gone
