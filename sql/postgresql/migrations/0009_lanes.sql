-- The order of ready work. A lane is the set of a queue's jobs that can be held up together: those of one task with the same keys for
-- fairness, concurrency and rate. The rank is the order within a lane: the time since which a job is ready, put forward by its priority
-- (docs/adr/0008-lanes-and-limits.md).
ALTER TABLE jobs
  ADD COLUMN lane         text COLLATE "C",
  ADD COLUMN rank         timestamptz,
  ADD COLUMN deadline_at  timestamptz,
  ADD COLUMN escalate_at  timestamptz,
  ADD COLUMN escalate_to  smallint,
  -- How long it is kept after its end, in milliseconds, where it is not as long as its state's jobs are.
  ADD COLUMN retention_ms bigint,
  -- The state before the last transition, for the event that tells of it.
  ADD COLUMN was          text COLLATE "C",
  -- What few jobs say for themselves, as JSON.
  ADD COLUMN options      text;

UPDATE jobs SET lane = task_name, rank = ready_at - priority * interval '10 minutes';

ALTER TABLE jobs ALTER COLUMN lane SET NOT NULL, ALTER COLUMN rank SET NOT NULL;

DROP INDEX jobs_ready;
CREATE INDEX jobs_ready ON jobs (tenant_id, queue, lane, rank, id) WHERE state = 'QUEUED';
CREATE INDEX jobs_deadline ON jobs (tenant_id, queue, deadline_at)
  WHERE deadline_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING');
CREATE INDEX jobs_escalate ON jobs (tenant_id, queue, escalate_at)
  WHERE escalate_at IS NOT NULL AND state IN ('SCHEDULED', 'QUEUED', 'RETRYING');
