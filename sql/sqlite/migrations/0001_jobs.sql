-- The same table as on PostgreSQL. Ids are BLOBs of 16 bytes in network order, which sort by age; times are microseconds since 1970 in UTC;
-- payloads are TEXT (UTF-8 JSON).
CREATE TABLE jobs (
  id              BLOB    NOT NULL PRIMARY KEY,
  fence           INTEGER NOT NULL DEFAULT 0,
  due_at          INTEGER,
  ready_at        INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  started_at      INTEGER,
  finished_at     INTEGER,
  execution_id    BLOB,
  attempts        INTEGER NOT NULL DEFAULT 0,
  max_attempts    INTEGER NOT NULL,
  lost_workers    INTEGER NOT NULL DEFAULT 0,
  priority        INTEGER NOT NULL,
  tenant_id       TEXT    NOT NULL,
  queue           TEXT    NOT NULL,
  task_name       TEXT    NOT NULL,
  task_version    TEXT    NOT NULL,
  task_digest     TEXT    NOT NULL,
  state           TEXT    NOT NULL,
  node            TEXT,
  trace_parent    TEXT,
  idempotency_key TEXT,
  input           TEXT    NOT NULL,
  output          TEXT,
  failure         TEXT,
  log             TEXT,
  CONSTRAINT jobs_state CHECK (state IN (
    'SCHEDULED', 'QUEUED', 'PROCESSING', 'RETRYING', 'COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED', 'QUARANTINED')),
  CONSTRAINT jobs_finished CHECK ((finished_at IS NOT NULL) = (state IN ('COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED', 'QUARANTINED'))),
  CONSTRAINT jobs_due CHECK ((due_at IS NOT NULL) = (state IN ('SCHEDULED', 'RETRYING'))),
  CONSTRAINT jobs_execution CHECK ((execution_id IS NOT NULL) = (state = 'COMPLETED'))
) STRICT;

CREATE INDEX jobs_ready ON jobs (tenant_id, queue, priority DESC, ready_at, id) WHERE state = 'QUEUED';
CREATE INDEX jobs_waiting ON jobs (tenant_id, queue, due_at) WHERE state IN ('SCHEDULED', 'RETRYING');
CREATE INDEX jobs_processing ON jobs (tenant_id, queue) WHERE state = 'PROCESSING';
CREATE INDEX jobs_not_completed ON jobs (tenant_id, id) WHERE state IN ('FAILED', 'CANCELLED', 'EXPIRED', 'QUARANTINED');
