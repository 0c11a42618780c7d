-- What came in to an execution from outside, to have it again. A row may be left without its execution when the node ends between the two; it goes with its job.
CREATE TABLE recordings (
  execution_id BLOB    NOT NULL PRIMARY KEY,
  job_id       BLOB    NOT NULL,
  created_at   INTEGER NOT NULL,
  attempt      INTEGER NOT NULL,
  tenant_id    TEXT    NOT NULL,
  task_name    TEXT    NOT NULL,
  task_version TEXT    NOT NULL,
  outcome      TEXT    NOT NULL,
  content      BLOB    NOT NULL
) STRICT;

CREATE INDEX recordings_job ON recordings (job_id);
CREATE INDEX recordings_task ON recordings (tenant_id, task_name, execution_id);
CREATE INDEX recordings_age ON recordings (created_at);
