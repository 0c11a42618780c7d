-- Results that equal jobs share. A purge counts from when the attempt started that made the result, so that one that ran meanwhile is too old as well; that is
-- looked at here, where results are given, and not where they are kept: a purge and an end that pass each other cannot miss it.

-- The accepted ends among these: whose result their key stands for from now on.
-- name: Keep
INSERT INTO result_cache (tenant_id, key, task_name, job_id, expires_at)
SELECT DISTINCT ON (j.tenant_id, k.key) j.tenant_id, k.key, j.task_name, j.id, k.until
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) AS k(job, execution, key, until)
JOIN jobs j ON j.id = k.job AND j.execution_id = k.execution
ORDER BY j.tenant_id, k.key, k.until DESC
ON CONFLICT (tenant_id, key) DO UPDATE SET job_id = EXCLUDED.job_id, expires_at = EXCLUDED.expires_at

-- $5: the new state. $6: the states it may be in. $7: the transition. $8: by whom.
-- name: Reuse
WITH reused AS (
  UPDATE jobs j SET state = $5, was = j.state, fence = j.fence + 1, execution_id = s.execution_id, output = s.output, cached_from = s.id,
    failure = NULL, log = NULL, node = NULL, started_at = NULL, finished_at = r.at
  FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[]) AS r(job, fence, key, at), result_cache c, jobs s
  WHERE j.id = r.job AND j.fence = r.fence AND j.state = ANY($6) AND c.tenant_id = j.tenant_id AND c.key = r.key AND c.expires_at > r.at
    AND s.id = c.job_id AND s.state = 'COMPLETED' AND s.cached_from IS NULL
    AND NOT EXISTS (SELECT 1 FROM task_caches t WHERE t.tenant_id = s.tenant_id AND t.task_name = s.task_name AND t.purged_at >= s.started_at)
  RETURNING j.id, j.tenant_id, j.was, j.attempts, r.at, s.id AS source),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor, reason)
  SELECT at, id, tenant_id, $7, was, $5, attempts, $8, 'the result of job ' || source FROM reused)
SELECT id, source FROM reused

-- The same for all that wait in a lane, the best first.
-- name: ReuseWaiting
WITH waiting AS (
  SELECT id FROM jobs WHERE tenant_id = $1 AND queue = $2 AND lane = $3 AND state = 'QUEUED'
    AND EXISTS (SELECT 1 FROM result_cache c WHERE c.tenant_id = $1 AND c.key = $4 AND c.expires_at > $5)
  ORDER BY rank, id LIMIT $6
  FOR UPDATE SKIP LOCKED),
reused AS (
  UPDATE jobs j SET state = $7, was = j.state, fence = j.fence + 1, execution_id = s.execution_id, output = s.output, cached_from = s.id,
    failure = NULL, log = NULL, node = NULL, started_at = NULL, finished_at = $5
  FROM waiting w, result_cache c, jobs s
  WHERE j.id = w.id AND c.tenant_id = $1 AND c.key = $4 AND c.expires_at > $5
    AND s.id = c.job_id AND s.state = 'COMPLETED' AND s.cached_from IS NULL
    AND NOT EXISTS (SELECT 1 FROM task_caches t WHERE t.tenant_id = s.tenant_id AND t.task_name = s.task_name AND t.purged_at >= s.started_at)
  RETURNING j.id, j.fence - 1 AS token, j.tenant_id, j.was, j.attempts, s.id AS source),
noted AS (
  INSERT INTO events (at, job_id, tenant_id, transition, from_state, to_state, attempt, actor, reason)
  SELECT $5, id, tenant_id, $8, was, $7, attempts, $9, 'the result of job ' || source FROM reused)
SELECT id, token FROM reused

-- name: Purge
WITH noted AS (
  INSERT INTO task_caches AS t (tenant_id, task_name, purged_at) VALUES ($1, $2, $3)
  ON CONFLICT (tenant_id, task_name) DO UPDATE SET purged_at = greatest(t.purged_at, EXCLUDED.purged_at)),
gone AS (DELETE FROM result_cache WHERE tenant_id = $1 AND task_name = $2 RETURNING 1)
SELECT count(*) FROM gone

-- name: Count
INSERT INTO task_caches AS t (tenant_id, task_name, hits, misses)
SELECT n.* FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS n(tenant_id, task_name, hits, misses)
ORDER BY n.tenant_id, n.task_name
ON CONFLICT (tenant_id, task_name) DO UPDATE SET hits = t.hits + EXCLUDED.hits, misses = t.misses + EXCLUDED.misses

-- A job waits when one with its cache key, which is the end of both lanes, is at a node. $4: characters of that end. $5: separators in a lane that has one.
-- name: Figures
SELECT
  (SELECT count(*) FROM result_cache c JOIN jobs s ON s.id = c.job_id
   LEFT JOIN task_caches t ON t.tenant_id = c.tenant_id AND t.task_name = c.task_name
   WHERE c.tenant_id = $1 AND c.task_name = $2 AND c.expires_at > $3 AND (t.purged_at IS NULL OR t.purged_at < s.started_at)),
  coalesce((SELECT hits FROM task_caches WHERE tenant_id = $1 AND task_name = $2), 0),
  coalesce((SELECT misses FROM task_caches WHERE tenant_id = $1 AND task_name = $2), 0),
  (SELECT count(*) FROM jobs w
   WHERE w.tenant_id = $1 AND w.task_name = $2 AND w.state = 'QUEUED' AND length(w.lane) - length(replace(w.lane, chr(10), '')) = $5 AND right(w.lane, $4) IN (
     SELECT right(p.lane, $4) FROM jobs p
     WHERE p.tenant_id = $1 AND p.task_name = $2 AND p.state = 'PROCESSING' AND length(p.lane) - length(replace(p.lane, chr(10), '')) = $5)),
  (SELECT purged_at FROM task_caches WHERE tenant_id = $1 AND task_name = $2)

-- name: Sweep
WITH due AS (SELECT tenant_id, key FROM result_cache WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2),
gone AS (DELETE FROM result_cache c USING due WHERE c.tenant_id = due.tenant_id AND c.key = due.key AND c.expires_at <= $1 RETURNING 1)
SELECT count(*) FROM gone
