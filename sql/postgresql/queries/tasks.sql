-- The task's row, made when it is missing; its lock keeps two stores of one task apart.
-- name: Claim
INSERT INTO tasks AS t (tenant_id, name, uuid, current_digest, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenant_id, name) DO UPDATE SET uuid = t.uuid
RETURNING t.uuid

-- What a new version may collide with.
-- name: ReadRelated
SELECT name, uuid, version, digest, source FROM task_versions WHERE tenant_id = $1 AND (name = $2 OR uuid = $3)

-- name: AddVersion
INSERT INTO task_versions (tenant_id, digest, name, uuid, version, label, description, metadata, input_schema, output_schema, main_js, execution,
  retry, source, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)

-- name: SetCurrent
UPDATE tasks SET current_digest = $3 WHERE tenant_id = $1 AND name = $2

-- name: ReadVersions
SELECT v.name, v.uuid, v.version, v.label, v.description, v.digest, v.metadata, v.input_schema, v.output_schema, v.main_js, v.execution, v.retry,
  v.source, v.digest = t.current_digest, t.enabled, v.created_at
FROM task_versions v JOIN tasks t ON t.tenant_id = v.tenant_id AND t.name = v.name
WHERE v.tenant_id = $1 AND v.name = $2

-- name: ReadCurrent
SELECT v.name, v.uuid, v.version, v.label, v.description, v.digest, v.metadata, v.input_schema, v.output_schema, v.main_js, v.execution, v.retry,
  v.source, true, t.enabled, v.created_at
FROM tasks t JOIN task_versions v ON v.tenant_id = t.tenant_id AND v.digest = t.current_digest
WHERE t.tenant_id = $1
ORDER BY v.name

-- name: ReadPackage
SELECT v.name, v.uuid, v.version, v.label, v.description, v.digest, v.metadata, v.input_schema, v.output_schema, v.main_js, v.execution, v.retry,
  v.source
FROM task_versions v WHERE v.tenant_id = $1 AND v.digest = $2

-- name: SetEnabled
UPDATE tasks SET enabled = $3 WHERE tenant_id = $1 AND name = $2

-- The task and its versions, in one. A state at a time, as the indexes are.
-- name: Delete
WITH gone AS (
  DELETE FROM tasks WHERE tenant_id = $1 AND name = $2
    AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant_id = $1 AND state = 'QUEUED' AND task_name = $2)
    AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant_id = $1 AND state IN ('SCHEDULED', 'RETRYING') AND task_name = $2)
    AND NOT EXISTS (SELECT 1 FROM jobs WHERE tenant_id = $1 AND state = 'PROCESSING' AND task_name = $2)
  RETURNING name)
DELETE FROM task_versions v USING gone g WHERE v.tenant_id = $1 AND v.name = g.name
