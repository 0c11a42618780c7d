-- What happened to jobs: one row a transition, written in the transaction that made it. seq is given out before the commit, so rows appear
-- out of its order: whoever follows the table goes by (xact, seq) and reads only transactions older than every one still under way.
CREATE TABLE events (
  seq        bigint      GENERATED ALWAYS AS IDENTITY,
  xact       xid8        NOT NULL DEFAULT pg_current_xact_id(),
  at         timestamptz NOT NULL,
  job_id     uuid        NOT NULL,
  attempt    integer     NOT NULL DEFAULT 0,
  tenant_id  text        NOT NULL COLLATE "C",
  transition text        NOT NULL COLLATE "C",
  from_state text        COLLATE "C",
  to_state   text        NOT NULL COLLATE "C",
  actor      text        NOT NULL,
  reason     text
) WITH (autovacuum_vacuum_insert_scale_factor = 0.2);

CREATE INDEX events_order ON events (xact, seq);
-- A job's rows lie near each other and ids ascend with time: a few bytes for each 32 pages find them, where a tree would cost every
-- transition a write of its own. multi: one late event does not stretch its pages' range over all that lies between.
CREATE INDEX events_job ON events USING brin (job_id uuid_minmax_multi_ops) WITH (pages_per_range = 32, autosummarize = on);
