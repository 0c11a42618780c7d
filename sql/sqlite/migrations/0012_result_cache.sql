-- As on PostgreSQL (migration 0016 there).
CREATE TABLE result_cache (
  tenant_id  TEXT    NOT NULL,
  key        TEXT    NOT NULL,
  task_name  TEXT    NOT NULL,
  job_id     BLOB    NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, key)
) STRICT;

CREATE INDEX result_cache_task ON result_cache (tenant_id, task_name);
CREATE INDEX result_cache_expires ON result_cache (expires_at);

CREATE TABLE task_caches (
  tenant_id TEXT    NOT NULL,
  task_name TEXT    NOT NULL,
  hits      INTEGER NOT NULL DEFAULT 0,
  misses    INTEGER NOT NULL DEFAULT 0,
  purged_at INTEGER,
  PRIMARY KEY (tenant_id, task_name)
) STRICT;

ALTER TABLE jobs ADD COLUMN cached_from BLOB;
