-- Versions may be out of use; who brought each is kept.
ALTER TABLE task_versions ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1;
ALTER TABLE task_versions ADD COLUMN created_by TEXT NOT NULL DEFAULT 'source';

-- Which version was current, one after the other, and who made it so.
CREATE TABLE task_promotions (
  tenant_id TEXT    NOT NULL,
  name      TEXT    NOT NULL,
  seq       INTEGER NOT NULL,
  digest    TEXT    NOT NULL,
  version   TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  actor     TEXT    NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, name, seq),
  CONSTRAINT task_promotions_kind CHECK (kind IN ('STORED', 'PROMOTED', 'ROLLED_BACK'))
) STRICT, WITHOUT ROWID;

INSERT INTO task_promotions (tenant_id, name, seq, digest, version, kind, actor, at)
SELECT t.tenant_id, t.name, 1, v.digest, v.version, 'STORED', 'source', v.created_at
FROM tasks t JOIN task_versions v ON v.tenant_id = t.tenant_id AND v.digest = t.current_digest;
