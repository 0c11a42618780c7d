-- name: ReadOfJob
SELECT xact::text::bigint, seq, at, job_id, transition, from_state, to_state, attempt, actor, reason
FROM events WHERE job_id = $2 AND tenant_id = $1 ORDER BY seq

-- Rows of transactions that earlier ones may still commit before are left for the next time.
-- name: Follow
SELECT xact::text::bigint, seq, at, job_id, transition, from_state, to_state, attempt, actor, reason
FROM events WHERE (xact, seq) > ($2::text::xid8, $3) AND tenant_id = $1 AND xact < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY xact, seq LIMIT $4
