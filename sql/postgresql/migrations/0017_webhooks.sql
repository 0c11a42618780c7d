-- Endpoints that are told what happens to jobs. The secrets may be sealed; either way they are read by the sender alone.
CREATE TABLE webhooks (
  tenant_id       text        NOT NULL COLLATE "C",
  id              text        NOT NULL COLLATE "C",
  revision        bigint      NOT NULL,
  enabled         boolean     NOT NULL,
  definition      text        NOT NULL,
  secret          text        NOT NULL,
  previous_secret text,
  previous_until  timestamptz,
  -- Events up to this place among all (xact, seq) are not for it.
  since_xact      bigint      NOT NULL,
  since_seq       bigint      NOT NULL,
  -- The first failure since the last success.
  failing_since   timestamptz,
  disabled_reason text,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

-- How far the events of a tenant are made deliveries of. It moves in the transaction that adds these.
CREATE TABLE webhook_cursors (
  tenant_id text   NOT NULL COLLATE "C" PRIMARY KEY,
  xact      bigint NOT NULL,
  seq       bigint NOT NULL
);

-- One event for one webhook; or a ping, which has no event.
CREATE TABLE webhook_deliveries (
  tenant_id   text        NOT NULL COLLATE "C",
  webhook_id  text        NOT NULL COLLATE "C",
  id          uuid        NOT NULL,
  event_xact  bigint,
  event_seq   bigint,
  type        text        NOT NULL COLLATE "C",
  job_id      uuid,
  payload     text        NOT NULL,
  state       text        NOT NULL COLLATE "C",
  -- In all, and since it was sent by hand last. The first is the fence of an attempt's end.
  attempts    integer     NOT NULL DEFAULT 0,
  tries       integer     NOT NULL DEFAULT 0,
  next_at     timestamptz,
  created_at  timestamptz NOT NULL,
  finished_at timestamptz,
  last_status integer,
  last_error  text,
  PRIMARY KEY (tenant_id, webhook_id, id),
  CONSTRAINT webhook_deliveries_state CHECK (state IN ('PENDING', 'SUCCEEDED', 'FAILED')),
  CONSTRAINT webhook_deliveries_next CHECK ((next_at IS NOT NULL) = (state = 'PENDING')),
  CONSTRAINT webhook_deliveries_finished CHECK ((finished_at IS NULL) = (state = 'PENDING'))
);

-- The promise that an event is never delivered under two ids.
CREATE UNIQUE INDEX webhook_deliveries_event ON webhook_deliveries (tenant_id, webhook_id, event_xact, event_seq) WHERE event_seq IS NOT NULL;
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (tenant_id, webhook_id, next_at, id) WHERE state = 'PENDING';
CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (tenant_id, webhook_id, created_at) WHERE state = 'FAILED';
CREATE INDEX webhook_deliveries_finished ON webhook_deliveries (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE webhook_attempts (
  delivery_id uuid        NOT NULL,
  number      integer     NOT NULL,
  at          timestamptz NOT NULL,
  status      integer,
  error       text,
  duration_us bigint      NOT NULL,
  response    text,
  PRIMARY KEY (delivery_id, number)
);
