-- Nothing is added for a schedule whose definition has changed since the caller read it.
-- An instant that was decided without a job may be taken over by a backfill.
-- name: Add
INSERT INTO schedule_fires AS f (tenant_id, schedule_id, instant, kind, state, reason, job_id, run_at, decided_at, backfill_id)
SELECT s.tenant_id, s.id, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM schedules s WHERE s.tenant_id = ?1 AND s.id = ?2 AND s.revision = ?3
ON CONFLICT (tenant_id, schedule_id, instant) DO UPDATE
SET kind = excluded.kind, state = excluded.state, reason = NULL, job_id = excluded.job_id, run_at = excluded.run_at, decided_at = excluded.decided_at,
  backfill_id = excluded.backfill_id
WHERE excluded.kind = 'BACKFILL' AND f.state IN ('SKIPPED', 'REJECTED')

-- name: AddTrigger
INSERT INTO schedule_fires (tenant_id, schedule_id, instant, kind, state, job_id, run_at, decided_at, trigger_key)
SELECT s.tenant_id, s.id, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM schedules s WHERE s.tenant_id = ?1 AND s.id = ?2 AND s.revision = ?3
ON CONFLICT DO NOTHING

-- name: ReadTrigger
SELECT instant, kind, state, reason, job_id, run_at, decided_at, backfill_id, trigger_key FROM schedule_fires
WHERE tenant_id = ?1 AND schedule_id = ?2 AND trigger_key = ?3

-- name: Mark
UPDATE schedule_fires SET state = ?5, reason = ?6 WHERE tenant_id = ?1 AND schedule_id = ?2 AND instant = ?3 AND state = ?4

-- name: SkipOlderWaiting
UPDATE schedule_fires SET state = 'SKIPPED', reason = ?4 WHERE tenant_id = ?1 AND schedule_id = ?2 AND instant < ?3 AND state = 'WAITING'

-- name: ReadOpen
SELECT instant, kind, state, reason, job_id, run_at, decided_at, backfill_id, trigger_key FROM schedule_fires
WHERE tenant_id = ?1 AND schedule_id = ?2 AND state IN ('PENDING', 'WAITING') ORDER BY instant LIMIT ?3

-- A job that is not in the store any more is at an end too.
-- name: NoteEnds
UPDATE schedule_fires AS f SET job_ended = 1
WHERE f.tenant_id = ?1 AND f.schedule_id = ?2 AND f.state = 'SUBMITTED' AND NOT f.job_ended
  AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = f.job_id AND j.finished_at IS NULL)

-- name: ReadRunning
SELECT job_id FROM schedule_fires
WHERE tenant_id = ?1 AND schedule_id = ?2 AND state = 'SUBMITTED' AND NOT job_ended AND kind <> 'BACKFILL' ORDER BY instant

-- name: List
SELECT instant, kind, state, reason, job_id, run_at, decided_at, backfill_id, trigger_key FROM schedule_fires
WHERE tenant_id = ?1 AND schedule_id = ?2 AND (?3 IS NULL OR instant < ?3) ORDER BY instant DESC LIMIT ?4

-- name: Prune
DELETE FROM schedule_fires WHERE tenant_id = ?1 AND schedule_id = ?2 AND instant IN (
  SELECT instant FROM schedule_fires
  WHERE tenant_id = ?1 AND schedule_id = ?2 AND decided_at < ?3 AND state IN ('SUBMITTED', 'SKIPPED', 'REJECTED') ORDER BY decided_at LIMIT ?4)
RETURNING instant
