-- Versions may be out of use; who brought each is kept.
ALTER TABLE task_versions ADD COLUMN enabled boolean NOT NULL DEFAULT true;
ALTER TABLE task_versions ADD COLUMN created_by text NOT NULL DEFAULT 'source';

-- Which version was current, one after the other, and who made it so.
CREATE TABLE task_promotions (
  tenant_id text        NOT NULL COLLATE "C",
  name      text        NOT NULL COLLATE "C",
  seq       bigint      NOT NULL,
  digest    text        NOT NULL COLLATE "C",
  version   text        NOT NULL,
  kind      text        NOT NULL,
  actor     text        NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, name, seq),
  CONSTRAINT task_promotions_kind CHECK (kind IN ('STORED', 'PROMOTED', 'ROLLED_BACK'))
);

INSERT INTO task_promotions (tenant_id, name, seq, digest, version, kind, actor, at)
SELECT t.tenant_id, t.name, 1, v.digest, v.version, 'STORED', 'source', v.created_at
FROM tasks t JOIN task_versions v ON v.tenant_id = t.tenant_id AND v.digest = t.current_digest;
