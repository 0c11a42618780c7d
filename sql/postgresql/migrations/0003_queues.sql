-- Queues that ever had a job; which of them have work is asked of the partial indexes on jobs.
CREATE TABLE queues (
  tenant_id  text        NOT NULL COLLATE "C",
  name       text        NOT NULL COLLATE "C",
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, name)
);

-- Who holds an idempotency key. A row older than the window is free to be taken over.
CREATE TABLE idempotency_keys (
  tenant_id   text        NOT NULL COLLATE "C",
  key         text        NOT NULL COLLATE "C",
  job_id      uuid        NOT NULL,
  fingerprint text,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
);
