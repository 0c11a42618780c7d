-- name: ReadOfJob
SELECT xact::text::bigint, seq, at, job_id, transition, from_state, to_state, attempt, actor, reason
FROM events WHERE job_id = $2 AND tenant_id = $1 ORDER BY seq

-- Of all tenants or one ($1), with what is known of the event's job while it is there. Rows of transactions that earlier ones may still commit before are left for the
-- next time.
-- name: ReadForward
SELECT e.xact::text::bigint, e.seq, e.at, e.job_id, e.transition, e.from_state, e.to_state, e.attempt, e.actor, e.reason, e.tenant_id, j.task_name, j.queue
FROM events e LEFT JOIN jobs j ON j.id = e.job_id
WHERE (e.xact, e.seq) > ($2::text::xid8, $3) AND e.xact < pg_snapshot_xmin(pg_current_snapshot()) AND ($1::text IS NULL OR e.tenant_id = $1)
ORDER BY e.xact, e.seq LIMIT $4

-- name: ReadBackward
SELECT e.xact::text::bigint, e.seq, e.at, e.job_id, e.transition, e.from_state, e.to_state, e.attempt, e.actor, e.reason, e.tenant_id, j.task_name, j.queue
FROM events e LEFT JOIN jobs j ON j.id = e.job_id
WHERE (e.xact, e.seq) < ($2::text::xid8, $3) AND e.xact < pg_snapshot_xmin(pg_current_snapshot()) AND ($1::text IS NULL OR e.tenant_id = $1)
ORDER BY e.xact DESC, e.seq DESC LIMIT $4

-- name: Head
SELECT xact::text::bigint, seq FROM events WHERE xact < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xact DESC, seq DESC LIMIT 1
