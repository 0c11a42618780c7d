-- Jobs at an end that were created before $2 and have been kept as long as their state's are: $3 states, $4 the instants before which they must have ended.
-- A page of ids is looked at; the answer says where it ended and what went.
-- name: Sweep
WITH page AS (
  SELECT id, state, finished_at, retention_ms FROM jobs WHERE id > $1 AND id < $2 ORDER BY id LIMIT $5),
gone AS (
  DELETE FROM jobs j USING page p JOIN unnest($3::text[], $4::timestamptz[]) AS keep(state, ended_before) ON keep.state = p.state
  WHERE j.id = p.id AND j.state = p.state AND p.retention_ms IS NULL AND p.finished_at < keep.ended_before
  RETURNING j.id),
attempts AS (DELETE FROM executions e USING gone WHERE e.job_id = gone.id),
recorded AS (DELETE FROM recordings r USING gone WHERE r.job_id = gone.id)
SELECT (SELECT id FROM page ORDER BY id DESC LIMIT 1), (SELECT count(*) FROM page), (SELECT count(*) FROM gone)

-- Jobs that say themselves how long they are kept; zero is for ever.
-- name: SweepOwn
WITH due AS (
  SELECT id FROM jobs
  WHERE retention_ms IS NOT NULL AND retention_ms > 0 AND finished_at IS NOT NULL AND finished_at + retention_ms * interval '1 millisecond' < $1 LIMIT $2),
gone AS (DELETE FROM jobs j USING due WHERE j.id = due.id AND j.finished_at IS NOT NULL RETURNING j.id),
attempts AS (DELETE FROM executions e USING gone WHERE e.job_id = gone.id),
recorded AS (DELETE FROM recordings r USING gone WHERE r.job_id = gone.id)
SELECT count(*) FROM gone

-- name: SweepEvents
WITH due AS (SELECT xact, seq FROM events ORDER BY xact, seq LIMIT $2),
gone AS (DELETE FROM events e USING due WHERE e.xact = due.xact AND e.seq = due.seq AND e.at < $1 RETURNING 1)
SELECT count(*) FROM gone

-- name: SweepKeys
WITH gone AS (DELETE FROM idempotency_keys WHERE created_at < $1 RETURNING 1) SELECT count(*) FROM gone

-- Unique keys whose job is gone, and those whose period is over.
-- name: SweepUnique
WITH gone AS (
  DELETE FROM unique_keys k
  WHERE (k.expires_at IS NOT NULL AND k.expires_at < $1)
    OR (k.expires_at IS NULL AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = k.job_id AND j.finished_at IS NULL))
  RETURNING 1)
SELECT count(*) FROM gone
