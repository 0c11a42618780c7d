-- What happened to jobs: one row a transition, written in the transaction that made it. One writer: seq ascends in the order of the commits.
CREATE TABLE events (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  at         INTEGER NOT NULL,
  job_id     BLOB    NOT NULL,
  attempt    INTEGER NOT NULL DEFAULT 0,
  tenant_id  TEXT    NOT NULL,
  transition TEXT    NOT NULL,
  from_state TEXT,
  to_state   TEXT    NOT NULL,
  actor      TEXT    NOT NULL,
  reason     TEXT
) STRICT;

CREATE INDEX events_job ON events (job_id);
