-- As on PostgreSQL (migration 0009 there). SQLite cannot add a NOT NULL column without a default: every insert sets both.
ALTER TABLE jobs ADD COLUMN lane TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN deadline_at INTEGER;
ALTER TABLE jobs ADD COLUMN escalate_at INTEGER;
ALTER TABLE jobs ADD COLUMN escalate_to INTEGER;
-- How long it is kept after its end, in milliseconds, where it is not as long as its state's jobs are.
ALTER TABLE jobs ADD COLUMN retention_ms INTEGER;
-- The state before the last transition, for the event that tells of it.
ALTER TABLE jobs ADD COLUMN was TEXT;
-- What few jobs say for themselves, as JSON.
ALTER TABLE jobs ADD COLUMN options TEXT;

UPDATE jobs SET lane = task_name, rank = ready_at - priority * 600000000;

DROP INDEX jobs_ready;
CREATE INDEX jobs_ready ON jobs (tenant_id, queue, lane, rank, id) WHERE state = 'QUEUED';
CREATE INDEX jobs_deadline ON jobs (tenant_id, queue, deadline_at)
  WHERE deadline_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING');
CREATE INDEX jobs_escalate ON jobs (tenant_id, queue, escalate_at)
  WHERE escalate_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING');
