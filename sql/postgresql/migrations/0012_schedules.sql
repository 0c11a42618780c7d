-- A schedule: what it submits (definition, and the input apart so that lists need not read it), and how far its instants are decided.
CREATE TABLE schedules (
  tenant_id     text        NOT NULL COLLATE "C",
  id            text        NOT NULL COLLATE "C",
  revision      bigint      NOT NULL,
  enabled       boolean     NOT NULL,
  task_name     text        NOT NULL COLLATE "C",
  definition    text        NOT NULL,
  input         text        NOT NULL,
  -- Every instant up to this one is decided; those after it are not.
  decided_until timestamptz NOT NULL,
  next_instant  timestamptz,
  last_instant  timestamptz,
  -- What became of instants before this one is forgotten.
  history_from  timestamptz,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

-- What became of an instant. The primary key is the promise that an instant fires at most once.
CREATE TABLE schedule_fires (
  tenant_id   text        NOT NULL COLLATE "C",
  schedule_id text        NOT NULL COLLATE "C",
  instant     timestamptz NOT NULL,
  kind        text        NOT NULL COLLATE "C",
  state       text        NOT NULL COLLATE "C",
  reason      text,
  job_id      uuid,
  run_at      timestamptz NOT NULL,
  decided_at  timestamptz NOT NULL,
  backfill_id uuid,
  trigger_key text        COLLATE "C",
  -- Its job was seen at an end: the overlap policy need not look at it again.
  job_ended   boolean     NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, schedule_id, instant),
  CONSTRAINT schedule_fires_kind CHECK (kind IN ('SCHEDULED', 'TRIGGER', 'BACKFILL')),
  CONSTRAINT schedule_fires_state CHECK (state IN ('PENDING', 'WAITING', 'SUBMITTED', 'SKIPPED', 'REJECTED')),
  CONSTRAINT schedule_fires_job CHECK (job_id IS NOT NULL OR state NOT IN ('PENDING', 'WAITING', 'SUBMITTED'))
);

CREATE INDEX schedule_fires_open ON schedule_fires (tenant_id, schedule_id, instant) WHERE state IN ('PENDING', 'WAITING');
CREATE INDEX schedule_fires_running ON schedule_fires (tenant_id, schedule_id) WHERE state = 'SUBMITTED' AND NOT job_ended;
CREATE INDEX schedule_fires_backfill ON schedule_fires (backfill_id, state) WHERE backfill_id IS NOT NULL;
CREATE INDEX schedule_fires_age ON schedule_fires (tenant_id, schedule_id, decided_at);
CREATE UNIQUE INDEX schedule_fires_trigger ON schedule_fires (tenant_id, schedule_id, trigger_key) WHERE trigger_key IS NOT NULL;

-- A range of instants that is fired slowly. How far it is, is one comparison: done_until and handled change together.
CREATE TABLE schedule_backfills (
  id          uuid        NOT NULL PRIMARY KEY,
  tenant_id   text        NOT NULL COLLATE "C",
  schedule_id text        NOT NULL COLLATE "C",
  from_at     timestamptz NOT NULL,
  to_at       timestamptz NOT NULL,
  per_minute  integer     NOT NULL,
  state       text        NOT NULL COLLATE "C",
  total       integer     NOT NULL,
  handled     integer     NOT NULL DEFAULT 0,
  -- The newest instant that is handled; null before the first.
  done_until  timestamptz,
  -- No further job before this, also after a restart.
  next_at     timestamptz NOT NULL,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  CONSTRAINT schedule_backfills_state CHECK (state IN ('RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED'))
);

CREATE INDEX schedule_backfills_schedule ON schedule_backfills (tenant_id, schedule_id, created_at);
CREATE INDEX schedule_backfills_open ON schedule_backfills (tenant_id, schedule_id) WHERE state IN ('RUNNING', 'PAUSED');
