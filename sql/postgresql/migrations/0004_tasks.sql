-- A task: the name that jobs ask for, and the version they get when they name none.
CREATE TABLE tasks (
  tenant_id      text        NOT NULL COLLATE "C",
  name           text        NOT NULL COLLATE "C",
  uuid           uuid        NOT NULL,
  current_digest text        NOT NULL,
  enabled        boolean     NOT NULL DEFAULT true,
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, name)
);

-- One immutable version, addressed by the digest of its content.
CREATE TABLE task_versions (
  tenant_id     text        NOT NULL COLLATE "C",
  digest        text        NOT NULL COLLATE "C",
  name          text        NOT NULL COLLATE "C",
  uuid          uuid        NOT NULL,
  version       text        NOT NULL,
  label         text        NOT NULL,
  description   text        NOT NULL,
  metadata      text        NOT NULL,
  input_schema  text        NOT NULL,
  output_schema text        NOT NULL,
  main_js       text        NOT NULL,
  execution     text        NOT NULL,
  retry         text        NOT NULL,
  source        text        NOT NULL,
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, digest),
  CONSTRAINT task_versions_uuid_version UNIQUE (tenant_id, uuid, version)
);

CREATE INDEX task_versions_name ON task_versions (tenant_id, name);
