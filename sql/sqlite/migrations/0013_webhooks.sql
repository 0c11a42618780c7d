-- The same tables as on PostgreSQL. Ids of deliveries are BLOBs of 16 bytes; times are microseconds since 1970 in UTC. An event's place is its seq alone.
CREATE TABLE webhooks (
  tenant_id       TEXT    NOT NULL,
  id              TEXT    NOT NULL,
  revision        INTEGER NOT NULL,
  enabled         INTEGER NOT NULL,
  definition      TEXT    NOT NULL,
  secret          TEXT    NOT NULL,
  previous_secret TEXT,
  previous_until  INTEGER,
  -- Events up to this place among all (xact, seq) are not for it.
  since_xact      INTEGER NOT NULL,
  since_seq       INTEGER NOT NULL,
  -- The first failure since the last success.
  failing_since   INTEGER,
  disabled_reason TEXT,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, id)
) STRICT;

-- How far the events of a tenant are made deliveries of. It moves in the transaction that adds these.
CREATE TABLE webhook_cursors (
  tenant_id TEXT    NOT NULL PRIMARY KEY,
  xact      INTEGER NOT NULL,
  seq       INTEGER NOT NULL
) STRICT;

-- One event for one webhook; or a ping, which has no event.
CREATE TABLE webhook_deliveries (
  tenant_id   TEXT    NOT NULL,
  webhook_id  TEXT    NOT NULL,
  id          BLOB    NOT NULL,
  event_xact  INTEGER,
  event_seq   INTEGER,
  type        TEXT    NOT NULL,
  job_id      BLOB,
  payload     TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  -- In all, and since it was sent by hand last. The first is the fence of an attempt's end.
  attempts    INTEGER NOT NULL DEFAULT 0,
  tries       INTEGER NOT NULL DEFAULT 0,
  next_at     INTEGER,
  created_at  INTEGER NOT NULL,
  finished_at INTEGER,
  last_status INTEGER,
  last_error  TEXT,
  PRIMARY KEY (tenant_id, webhook_id, id),
  CONSTRAINT webhook_deliveries_state CHECK (state IN ('PENDING', 'SUCCEEDED', 'FAILED')),
  CONSTRAINT webhook_deliveries_next CHECK ((next_at IS NOT NULL) = (state = 'PENDING')),
  CONSTRAINT webhook_deliveries_finished CHECK ((finished_at IS NULL) = (state = 'PENDING'))
) STRICT, WITHOUT ROWID;

-- The promise that an event is never delivered under two ids.
CREATE UNIQUE INDEX webhook_deliveries_event ON webhook_deliveries (tenant_id, webhook_id, event_xact, event_seq) WHERE event_seq IS NOT NULL;
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (tenant_id, webhook_id, next_at, id) WHERE state = 'PENDING';
CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (tenant_id, webhook_id, created_at) WHERE state = 'FAILED';
CREATE INDEX webhook_deliveries_finished ON webhook_deliveries (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE webhook_attempts (
  delivery_id BLOB    NOT NULL,
  number      INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  status      INTEGER,
  error       TEXT,
  duration_us INTEGER NOT NULL,
  response    TEXT,
  PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;
