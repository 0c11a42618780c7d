-- The same as execution_fields of executions that completed their job: they are in the row of the job j.

-- name: Id
j.execution_id

-- name: Job
j.id

-- name: Task
j.task_name

-- name: Version
j.task_version COLLATE "C"

-- name: Queue
j.queue

-- name: Attempt
j.attempts

-- name: Outcome
'COMPLETED'::text COLLATE "C"

-- name: StartedAt
j.started_at

-- name: FinishedAt
j.finished_at

-- name: Node
coalesce(substring(j.node from '^(.+)@[^@]*$'), j.node) COLLATE "C"

-- name: FailureKind
NULL::text COLLATE "C"

-- name: FailureName
NULL::text COLLATE "C"
