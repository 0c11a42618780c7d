-- What came in to an execution from outside, to have it again. A row may be left without its execution when a node ends between the two; it goes with its job.
CREATE TABLE recordings (
  execution_id uuid        NOT NULL PRIMARY KEY,
  job_id       uuid        NOT NULL,
  created_at   timestamptz NOT NULL,
  attempt      integer     NOT NULL,
  tenant_id    text        NOT NULL COLLATE "C",
  task_name    text        NOT NULL COLLATE "C",
  task_version text        NOT NULL,
  outcome      text        NOT NULL,
  content      bytea       NOT NULL
);

-- It is compressed already.
ALTER TABLE recordings ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE INDEX recordings_job ON recordings (job_id);
CREATE INDEX recordings_task ON recordings (tenant_id, task_name, execution_id);
CREATE INDEX recordings_age ON recordings (created_at);
