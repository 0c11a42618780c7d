-- A job, and for a completed one its accepted execution: a completed job never changes again, so that its output, log and execution id
-- live in its own row, and the common path writes one table instead of two (docs/adr/0003-store-and-journal.md).
--
-- COLLATE "C": names are compared byte by byte, which is what they mean, and several times faster than by a locale's rules.
CREATE TABLE jobs (
  id              uuid        NOT NULL PRIMARY KEY,
  fence           bigint      NOT NULL DEFAULT 0,
  due_at          timestamptz,
  ready_at        timestamptz NOT NULL,
  created_at      timestamptz NOT NULL,
  started_at      timestamptz,
  finished_at     timestamptz,
  execution_id    uuid,
  attempts        integer     NOT NULL DEFAULT 0,
  max_attempts    integer     NOT NULL,
  lost_workers    integer     NOT NULL DEFAULT 0,
  priority        smallint    NOT NULL,
  tenant_id       text        NOT NULL COLLATE "C",
  queue           text        NOT NULL COLLATE "C",
  task_name       text        NOT NULL COLLATE "C",
  task_version    text        NOT NULL,
  task_digest     text        NOT NULL,
  state           text        NOT NULL COLLATE "C",
  node            text,
  trace_parent    text,
  idempotency_key text,
  input           text        NOT NULL,
  output          text,
  failure         text,
  log             text,
  CONSTRAINT jobs_state CHECK (state IN (
    'SCHEDULED', 'QUEUED', 'PROCESSING', 'RETRYING', 'COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED', 'QUARANTINED')),
  CONSTRAINT jobs_finished CHECK ((finished_at IS NOT NULL) = (state IN ('COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED', 'QUARANTINED'))),
  CONSTRAINT jobs_due CHECK ((due_at IS NOT NULL) = (state IN ('SCHEDULED', 'RETRYING'))),
  CONSTRAINT jobs_execution CHECK ((execution_id IS NOT NULL) = (state = 'COMPLETED'))
) WITH (
  -- Every job leaves one dead row behind (its queued version): frequent small vacuums keep the ready index short.
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_vacuum_insert_scale_factor = 0.2
);

-- Each of these is empty of finished work; only the first is written on the common path.
CREATE INDEX jobs_ready ON jobs (tenant_id, queue, priority DESC, ready_at, id) WHERE state = 'QUEUED';
CREATE INDEX jobs_waiting ON jobs (tenant_id, queue, due_at) WHERE state IN ('SCHEDULED', 'RETRYING');
CREATE INDEX jobs_processing ON jobs (tenant_id, queue) WHERE state = 'PROCESSING';

-- The dead-letter view: the few that did not complete among the many that did.
CREATE INDEX jobs_not_completed ON jobs (tenant_id, id) WHERE state IN ('FAILED', 'CANCELLED', 'EXPIRED', 'QUARANTINED');
