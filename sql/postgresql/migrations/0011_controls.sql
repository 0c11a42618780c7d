-- ACTIVE: takes jobs and runs them. PAUSED: takes jobs, runs none. DRAINING: runs what it has, takes no more.
ALTER TABLE queues ADD COLUMN mode text NOT NULL DEFAULT 'ACTIVE' CHECK (mode IN ('ACTIVE', 'PAUSED', 'DRAINING'));
ALTER TABLE tasks ADD COLUMN mode text NOT NULL DEFAULT 'ACTIVE' CHECK (mode IN ('ACTIVE', 'PAUSED', 'DRAINING'));

-- Limits that somebody has set: for a key that jobs name, a whole queue, or a task wherever its jobs are.
CREATE TABLE limits (
  tenant_id      text        NOT NULL COLLATE "C",
  scope          text        NOT NULL COLLATE "C" CHECK (scope IN ('KEY', 'QUEUE', 'TASK')),
  name           text        NOT NULL COLLATE "C",
  concurrency    integer     CHECK (concurrency >= 0),
  rate_count     integer     CHECK (rate_count > 0),
  rate_window_ms bigint      CHECK (rate_window_ms > 0),
  updated_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, scope, name),
  CHECK ((rate_count IS NULL) = (rate_window_ms IS NULL)),
  CHECK (concurrency IS NOT NULL OR rate_count IS NOT NULL)
);

-- Starts that a rate's keeper may have granted: written before they are, so that a keeper that takes over knows of them.
CREATE TABLE rate_reservations (
  tenant_id  text        NOT NULL COLLATE "C",
  key        text        NOT NULL COLLATE "C",
  until      timestamptz NOT NULL,
  count      integer     NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE INDEX rate_reservations_key ON rate_reservations (tenant_id, expires_at);

-- How many turns a fairness key has for each turn of one with weight 1.
CREATE TABLE fairness_weights (
  tenant_id text   NOT NULL COLLATE "C",
  queue     text   NOT NULL COLLATE "C",
  key       text   NOT NULL COLLATE "C",
  weight    double precision NOT NULL CHECK (weight > 0),
  PRIMARY KEY (tenant_id, queue, key)
);

-- Which job holds a unique key or is being debounced. Without expires_at a key is held until its job is at an end.
CREATE TABLE unique_keys (
  tenant_id  text        NOT NULL COLLATE "C",
  kind       text        NOT NULL COLLATE "C" CHECK (kind IN ('UNIQUE', 'DEBOUNCE')),
  key        text        NOT NULL COLLATE "C",
  job_id     uuid        NOT NULL,
  first_at   timestamptz NOT NULL,
  expires_at timestamptz,
  PRIMARY KEY (tenant_id, kind, key)
);

-- Changes to all jobs that a filter picks, worked off in batches by the server.
CREATE TABLE bulk_operations (
  id              uuid        NOT NULL PRIMARY KEY,
  tenant_id       text        NOT NULL COLLATE "C",
  action          text        NOT NULL,
  arguments       text        NOT NULL,
  state           text        NOT NULL CHECK (state IN ('RUNNING', 'COMPLETED', 'CANCELLED')),
  cursor          uuid,
  total           bigint      NOT NULL,
  changed         bigint      NOT NULL DEFAULT 0,
  skipped         bigint      NOT NULL DEFAULT 0,
  actor           text        NOT NULL,
  idempotency_key text,
  created_at      timestamptz NOT NULL,
  finished_at     timestamptz,
  UNIQUE (tenant_id, idempotency_key)
);

-- Jobs that say themselves how long they are kept: found without looking at the others.
CREATE INDEX jobs_retention ON jobs (finished_at) WHERE retention_ms IS NOT NULL;
