-- A task: the name that jobs ask for, and the version they get when they name none.
CREATE TABLE tasks (
  tenant_id      TEXT    NOT NULL,
  name           TEXT    NOT NULL,
  uuid           BLOB    NOT NULL,
  current_digest TEXT    NOT NULL,
  enabled        INTEGER NOT NULL DEFAULT 1,
  created_at     INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, name)
) STRICT, WITHOUT ROWID;

-- One immutable version, addressed by the digest of its content.
CREATE TABLE task_versions (
  tenant_id     TEXT    NOT NULL,
  digest        TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  uuid          BLOB    NOT NULL,
  version       TEXT    NOT NULL,
  label         TEXT    NOT NULL,
  description   TEXT    NOT NULL,
  metadata      TEXT    NOT NULL,
  input_schema  TEXT    NOT NULL,
  output_schema TEXT    NOT NULL,
  main_js       TEXT    NOT NULL,
  execution     TEXT    NOT NULL,
  retry         TEXT    NOT NULL,
  source        TEXT    NOT NULL,
  created_at    INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, digest),
  CONSTRAINT task_versions_uuid_version UNIQUE (tenant_id, uuid, version)
) STRICT;

CREATE INDEX task_versions_name ON task_versions (tenant_id, name);
