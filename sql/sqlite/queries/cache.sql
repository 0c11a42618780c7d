-- Results that equal jobs share. A purge counts from when the attempt started that made the result, so that one that ran meanwhile is too old as well.

-- If that end was accepted: whose result its key stands for from now on.
-- name: Keep
INSERT INTO result_cache (tenant_id, key, task_name, job_id, expires_at)
SELECT tenant_id, ?3, task_name, id, ?4 FROM jobs WHERE id = ?1 AND execution_id = ?2
ON CONFLICT (tenant_id, key) DO UPDATE SET job_id = excluded.job_id, expires_at = excluded.expires_at

-- Whose result a job may have.
-- name: Find
SELECT s.id FROM jobs j
JOIN result_cache c ON c.tenant_id = j.tenant_id AND c.key = ?2 AND c.expires_at > ?3
JOIN jobs s ON s.id = c.job_id AND s.state = 'COMPLETED' AND s.cached_from IS NULL
WHERE j.id = ?1 AND NOT EXISTS (SELECT 1 FROM task_caches t WHERE t.tenant_id = s.tenant_id AND t.task_name = s.task_name AND t.purged_at >= s.started_at)

-- name: Reuse
UPDATE jobs SET state = ?5, was = state, fence = fence + 1, execution_id = (SELECT s.execution_id FROM jobs s WHERE s.id = ?3),
  output = (SELECT s.output FROM jobs s WHERE s.id = ?3), cached_from = ?3, failure = NULL, log = NULL, node = NULL, started_at = NULL, finished_at = ?4
WHERE id = ?1 AND fence = ?2 AND instr(?6, '|' || state || '|') > 0

-- name: Waiting
SELECT id, fence FROM jobs WHERE tenant_id = ?1 AND queue = ?2 AND lane = ?3 AND state = 'QUEUED'
  AND EXISTS (SELECT 1 FROM result_cache c WHERE c.tenant_id = ?1 AND c.key = ?4 AND c.expires_at > ?5)
ORDER BY rank, id LIMIT ?6

-- name: NotePurge
INSERT INTO task_caches (tenant_id, task_name, purged_at) VALUES (?1, ?2, ?3)
ON CONFLICT (tenant_id, task_name) DO UPDATE SET purged_at = max(coalesce(purged_at, 0), excluded.purged_at)

-- name: Purge
DELETE FROM result_cache WHERE tenant_id = ?1 AND task_name = ?2

-- name: Count
INSERT INTO task_caches (tenant_id, task_name, hits, misses) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (tenant_id, task_name) DO UPDATE SET hits = hits + excluded.hits, misses = misses + excluded.misses

-- A job waits when one with its cache key, which is the end of both lanes, is at a node. ?4: characters of that end. ?5: separators in a lane that has one.
-- name: Figures
SELECT
  (SELECT count(*) FROM result_cache c JOIN jobs s ON s.id = c.job_id
   LEFT JOIN task_caches t ON t.tenant_id = c.tenant_id AND t.task_name = c.task_name
   WHERE c.tenant_id = ?1 AND c.task_name = ?2 AND c.expires_at > ?3 AND (t.purged_at IS NULL OR t.purged_at < s.started_at)),
  coalesce((SELECT hits FROM task_caches WHERE tenant_id = ?1 AND task_name = ?2), 0),
  coalesce((SELECT misses FROM task_caches WHERE tenant_id = ?1 AND task_name = ?2), 0),
  (SELECT count(*) FROM jobs w
   WHERE w.tenant_id = ?1 AND w.task_name = ?2 AND w.state = 'QUEUED' AND length(w.lane) - length(replace(w.lane, char(10), '')) = ?5 AND substr(w.lane, -?4) IN (
     SELECT substr(p.lane, -?4) FROM jobs p
     WHERE p.tenant_id = ?1 AND p.task_name = ?2 AND p.state = 'PROCESSING' AND length(p.lane) - length(replace(p.lane, char(10), '')) = ?5)),
  (SELECT purged_at FROM task_caches WHERE tenant_id = ?1 AND task_name = ?2)

-- name: Sweep
DELETE FROM result_cache WHERE rowid IN (SELECT rowid FROM result_cache WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)
