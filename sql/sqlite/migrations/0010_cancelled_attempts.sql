-- An attempt whose job was cancelled while it ran is kept too. A constraint cannot be changed here: the table is made anew.
CREATE TABLE executions_2 (
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
  CONSTRAINT executions_outcome CHECK (outcome IN ('FAILED', 'LOST', 'CANCELLED'))
) STRICT;

INSERT INTO executions_2 (id, job_id, started_at, finished_at, attempt, tenant_id, outcome, node, failure, log)
SELECT id, job_id, started_at, finished_at, attempt, tenant_id, outcome, node, failure, log FROM executions;

DROP TABLE executions;
ALTER TABLE executions_2 RENAME TO executions;

CREATE INDEX executions_job ON executions (job_id);
