-- Attempts that did not complete their job; the one that did is in the job's row. The fence of the job's row keeps an attempt from being
-- recorded twice, hence no unique key: a plain index on the job serves every read.
CREATE TABLE executions (
  id          uuid        NOT NULL,
  job_id      uuid        NOT NULL,
  started_at  timestamptz NOT NULL,
  finished_at timestamptz NOT NULL,
  attempt     integer     NOT NULL,
  tenant_id   text        NOT NULL COLLATE "C",
  outcome     text        NOT NULL,
  node        text        NOT NULL,
  failure     text        NOT NULL,
  log         text,
  CONSTRAINT executions_outcome CHECK (outcome IN ('FAILED', 'LOST'))
);

CREATE INDEX executions_job ON executions (job_id);
