-- Attempts that did not complete their job; the one that did is in the job's row.
CREATE TABLE executions (
  id          BLOB    NOT NULL,
  job_id      BLOB    NOT NULL,
  started_at  INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  attempt     INTEGER NOT NULL,
  tenant_id   TEXT    NOT NULL,
  outcome     TEXT    NOT NULL,
  node        TEXT    NOT NULL,
  failure     TEXT    NOT NULL,
  log         TEXT,
  CONSTRAINT executions_outcome CHECK (outcome IN ('FAILED', 'LOST'))
) STRICT;

CREATE INDEX executions_job ON executions (job_id);
