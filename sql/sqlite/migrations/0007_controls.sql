-- As on PostgreSQL (migration 0011 there).
ALTER TABLE queues ADD COLUMN mode TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (mode IN ('ACTIVE', 'PAUSED', 'DRAINING'));
ALTER TABLE tasks ADD COLUMN mode TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (mode IN ('ACTIVE', 'PAUSED', 'DRAINING'));

CREATE TABLE limits (
  tenant_id      TEXT    NOT NULL,
  scope          TEXT    NOT NULL CHECK (scope IN ('KEY', 'QUEUE', 'TASK')),
  name           TEXT    NOT NULL,
  concurrency    INTEGER CHECK (concurrency >= 0),
  rate_count     INTEGER CHECK (rate_count > 0),
  rate_window_ms INTEGER CHECK (rate_window_ms > 0),
  updated_at     INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, scope, name),
  CHECK ((rate_count IS NULL) = (rate_window_ms IS NULL)),
  CHECK (concurrency IS NOT NULL OR rate_count IS NOT NULL)
) STRICT;

CREATE TABLE rate_reservations (
  tenant_id  TEXT    NOT NULL,
  key        TEXT    NOT NULL,
  until      INTEGER NOT NULL,
  count      INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX rate_reservations_key ON rate_reservations (tenant_id, expires_at);

CREATE TABLE fairness_weights (
  tenant_id TEXT NOT NULL,
  queue     TEXT NOT NULL,
  key       TEXT NOT NULL,
  weight    REAL NOT NULL CHECK (weight > 0),
  PRIMARY KEY (tenant_id, queue, key)
) STRICT;

CREATE TABLE unique_keys (
  tenant_id  TEXT    NOT NULL,
  kind       TEXT    NOT NULL CHECK (kind IN ('UNIQUE', 'DEBOUNCE')),
  key        TEXT    NOT NULL,
  job_id     BLOB    NOT NULL,
  first_at   INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (tenant_id, kind, key)
) STRICT;

CREATE TABLE bulk_operations (
  id              BLOB    NOT NULL PRIMARY KEY,
  tenant_id       TEXT    NOT NULL,
  action          TEXT    NOT NULL,
  arguments       TEXT    NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('RUNNING', 'COMPLETED', 'CANCELLED')),
  cursor          BLOB,
  total           INTEGER NOT NULL,
  changed         INTEGER NOT NULL DEFAULT 0,
  skipped         INTEGER NOT NULL DEFAULT 0,
  actor           TEXT    NOT NULL,
  idempotency_key TEXT,
  created_at      INTEGER NOT NULL,
  finished_at     INTEGER,
  UNIQUE (tenant_id, idempotency_key)
) STRICT;

-- Jobs that say themselves how long they are kept: found without looking at the others.
CREATE INDEX jobs_retention ON jobs (finished_at) WHERE retention_ms IS NOT NULL;
