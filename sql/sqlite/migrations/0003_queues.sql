-- Queues that ever had a job; which of them have work is asked of the partial indexes on jobs.
CREATE TABLE queues (
  tenant_id TEXT NOT NULL,
  name      TEXT NOT NULL,
  PRIMARY KEY (tenant_id, name)
) STRICT, WITHOUT ROWID;

-- Who holds an idempotency key. A row older than the window is free to be taken over.
CREATE TABLE idempotency_keys (
  tenant_id   TEXT    NOT NULL,
  key         TEXT    NOT NULL,
  job_id      BLOB    NOT NULL,
  fingerprint TEXT,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, key)
) STRICT, WITHOUT ROWID;
