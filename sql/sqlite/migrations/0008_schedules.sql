-- The same tables as on PostgreSQL. Ids of jobs and backfills are BLOBs of 16 bytes; times are microseconds since 1970 in UTC.
-- A schedule: what it submits (definition, and the input apart so that lists need not read it), and how far its instants are decided.
CREATE TABLE schedules (
  tenant_id     TEXT    NOT NULL,
  id            TEXT    NOT NULL,
  revision      INTEGER NOT NULL,
  enabled       INTEGER NOT NULL,
  task_name     TEXT    NOT NULL,
  definition    TEXT    NOT NULL,
  input         TEXT    NOT NULL,
  -- Every instant up to this one is decided; those after it are not.
  decided_until INTEGER NOT NULL,
  next_instant  INTEGER,
  last_instant  INTEGER,
  -- What became of instants before this one is forgotten.
  history_from  INTEGER,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT;

-- What became of an instant. The primary key is the promise that an instant fires at most once.
CREATE TABLE schedule_fires (
  tenant_id   TEXT    NOT NULL,
  schedule_id TEXT    NOT NULL,
  instant     INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  reason      TEXT,
  job_id      BLOB,
  run_at      INTEGER NOT NULL,
  decided_at  INTEGER NOT NULL,
  backfill_id BLOB,
  trigger_key TEXT,
  -- Its job was seen at an end: the overlap policy need not look at it again.
  job_ended   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, schedule_id, instant),
  CONSTRAINT schedule_fires_kind CHECK (kind IN ('SCHEDULED', 'TRIGGER', 'BACKFILL')),
  CONSTRAINT schedule_fires_state CHECK (state IN ('PENDING', 'WAITING', 'SUBMITTED', 'SKIPPED', 'REJECTED')),
  CONSTRAINT schedule_fires_job CHECK (job_id IS NOT NULL OR state NOT IN ('PENDING', 'WAITING', 'SUBMITTED'))
) STRICT, WITHOUT ROWID;

CREATE INDEX schedule_fires_open ON schedule_fires (tenant_id, schedule_id, instant) WHERE state IN ('PENDING', 'WAITING');
CREATE INDEX schedule_fires_running ON schedule_fires (tenant_id, schedule_id) WHERE state = 'SUBMITTED' AND NOT job_ended;
CREATE INDEX schedule_fires_backfill ON schedule_fires (backfill_id, state) WHERE backfill_id IS NOT NULL;
CREATE INDEX schedule_fires_age ON schedule_fires (tenant_id, schedule_id, decided_at);
CREATE UNIQUE INDEX schedule_fires_trigger ON schedule_fires (tenant_id, schedule_id, trigger_key) WHERE trigger_key IS NOT NULL;

-- A range of instants that is fired slowly. How far it is, is one comparison: done_until and handled change together.
CREATE TABLE schedule_backfills (
  id          BLOB    NOT NULL PRIMARY KEY,
  tenant_id   TEXT    NOT NULL,
  schedule_id TEXT    NOT NULL,
  from_at     INTEGER NOT NULL,
  to_at       INTEGER NOT NULL,
  per_minute  INTEGER NOT NULL,
  state       TEXT    NOT NULL,
  total       INTEGER NOT NULL,
  handled     INTEGER NOT NULL DEFAULT 0,
  -- The newest instant that is handled; null before the first.
  done_until  INTEGER,
  -- No further job before this, also after a restart.
  next_at     INTEGER NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  CONSTRAINT schedule_backfills_state CHECK (state IN ('RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED'))
) STRICT;

CREATE INDEX schedule_backfills_schedule ON schedule_backfills (tenant_id, schedule_id, created_at);
CREATE INDEX schedule_backfills_open ON schedule_backfills (tenant_id, schedule_id) WHERE state IN ('RUNNING', 'PAUSED');
