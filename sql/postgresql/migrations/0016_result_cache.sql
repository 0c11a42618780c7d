-- Results that equal jobs share: whose result it is, and until when. The result itself is in that job's row, and goes with it.
CREATE TABLE result_cache (
  tenant_id  text        NOT NULL COLLATE "C",
  key        text        NOT NULL COLLATE "C",
  task_name  text        NOT NULL COLLATE "C",
  job_id     uuid        NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
);

CREATE INDEX result_cache_task ON result_cache (tenant_id, task_name);
CREATE INDEX result_cache_expires ON result_cache (expires_at);

-- What has been counted of a task's results, and since when an attempt must have started for its result to be given to others.
CREATE TABLE task_caches (
  tenant_id text        NOT NULL COLLATE "C",
  task_name text        NOT NULL COLLATE "C",
  hits      bigint      NOT NULL DEFAULT 0,
  misses    bigint      NOT NULL DEFAULT 0,
  purged_at timestamptz,
  PRIMARY KEY (tenant_id, task_name)
);

-- The job whose result this one was given. Its execution is that job's.
ALTER TABLE jobs ADD COLUMN cached_from uuid;
