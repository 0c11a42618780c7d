-- The task's row, made when it is missing; its lock keeps two stores of one task apart.
-- name: Claim
INSERT INTO tasks AS t (tenant_id, name, uuid, current_digest, created_at, revision) VALUES ($1, $2, $3, $4, $5, (EXTRACT(epoch FROM $5::timestamptz) * 1000000)::bigint)
ON CONFLICT (tenant_id, name) DO UPDATE SET uuid = t.uuid
RETURNING t.uuid, t.current_digest

-- What a new version may collide with.
-- name: ReadRelated
SELECT name, uuid, version, digest, source FROM task_versions WHERE tenant_id = $1 AND (name = $2 OR uuid = $3)

-- name: AddVersion
INSERT INTO task_versions (tenant_id, digest, name, uuid, version, label, description, metadata, input_schema, output_schema, main_js, execution,
  retry, source, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)

-- Only from the version that the decision was made on, and only to one that is there and in use.
-- name: SetCurrent
UPDATE tasks SET current_digest = $4, revision = revision + 1 WHERE tenant_id = $1 AND name = $2 AND current_digest = $3
  AND EXISTS (SELECT 1 FROM task_versions WHERE tenant_id = $1 AND name = $2 AND digest = $4 AND enabled = true)

-- Within the transaction that has changed the task's row, whose lock keeps the numbers apart.
-- name: AddPromotion
INSERT INTO task_promotions (tenant_id, name, seq, digest, version, kind, actor, at)
SELECT $1, $2, (SELECT COALESCE(MAX(seq), 0) + 1 FROM task_promotions WHERE tenant_id = $1 AND name = $2), v.digest, v.version, $4, $5, $6
FROM task_versions v WHERE v.tenant_id = $1 AND v.digest = $3

-- name: TrimPromotions
DELETE FROM task_promotions WHERE tenant_id = $1 AND name = $2
  AND seq <= (SELECT MAX(seq) FROM task_promotions WHERE tenant_id = $1 AND name = $2) - $3

-- name: ReadPromotions
SELECT seq, version, digest, kind, actor, at FROM task_promotions WHERE tenant_id = $1 AND name = $2 ORDER BY seq DESC LIMIT $3

-- Without the files: there may be many.
-- name: ReadVersions
SELECT v.version, v.digest, v.uuid, v.label, v.description, v.execution, v.retry, v.source, v.digest = t.current_digest, t.enabled, v.enabled, v.created_at,
  v.created_by, t.revision
FROM task_versions v JOIN tasks t ON t.tenant_id = v.tenant_id AND t.name = v.name
WHERE v.tenant_id = $1 AND v.name = $2

-- name: ReadCurrent
SELECT v.name, v.uuid, v.version, v.label, v.description, v.digest, v.metadata, v.input_schema, v.output_schema, v.main_js, v.execution, v.retry,
  v.source, t.enabled, v.created_at
FROM tasks t JOIN task_versions v ON v.tenant_id = t.tenant_id AND v.digest = t.current_digest
WHERE t.tenant_id = $1
ORDER BY v.name

-- name: ReadPackage
SELECT v.name, v.uuid, v.version, v.label, v.description, v.digest, v.metadata, v.input_schema, v.output_schema, v.main_js, v.execution, v.retry,
  v.source
FROM task_versions v WHERE v.tenant_id = $1 AND v.digest = $2

-- name: SetEnabled
UPDATE tasks SET enabled = $3, revision = revision + 1 WHERE tenant_id = $1 AND name = $2 AND ($4::bigint[] IS NULL OR revision = ANY($4))

-- While somebody decides whether to delete it: no change to who knows its revision.
-- name: Hold
UPDATE tasks SET enabled = $3 WHERE tenant_id = $1 AND name = $2 AND ($4::bigint[] IS NULL OR revision = ANY($4))

-- In the transaction that changes a version.
-- name: Touch
UPDATE tasks SET revision = revision + 1 WHERE tenant_id = $1 AND name = $2

-- The task and its versions, in one. A state at a time, as the indexes are.
-- name: Delete
WITH gone AS (
  DELETE FROM tasks WHERE tenant_id = $1 AND name = $2 AND ($3::bigint[] IS NULL OR revision = ANY($3))
    AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant_id = $1 AND state = 'QUEUED' AND task_name = $2)
    AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant_id = $1 AND state IN ('SCHEDULED', 'RETRYING') AND task_name = $2)
    AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant_id = $1 AND state = 'PROCESSING' AND task_name = $2)
  RETURNING name)
DELETE FROM task_versions v USING gone g WHERE v.tenant_id = $1 AND v.name = g.name

-- name: DeletePromotions
DELETE FROM task_promotions WHERE tenant_id = $1 AND name = $2

-- The current version stays in use.
-- name: SetVersionEnabled
UPDATE task_versions SET enabled = $4 WHERE tenant_id = $1 AND name = $2 AND digest = $3
  AND ($4 OR NOT EXISTS (SELECT 1 FROM tasks WHERE tenant_id = $1 AND name = $2 AND current_digest = $3))

-- One that is not current and that no unfinished job needs. A state at a time, as the indexes are.
-- name: DeleteVersion
DELETE FROM task_versions WHERE tenant_id = $1 AND name = $2 AND digest = $3
  AND NOT EXISTS (SELECT 1 FROM tasks WHERE tenant_id = $1 AND name = $2 AND current_digest = $3)
  AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant_id = $1 AND state = 'QUEUED' AND task_name = $2 AND task_digest = $3)
  AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant_id = $1 AND state IN ('SCHEDULED', 'RETRYING') AND task_name = $2 AND task_digest = $3)
  AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant_id = $1 AND state = 'PROCESSING' AND task_name = $2 AND task_digest = $3)
