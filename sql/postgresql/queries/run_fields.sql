-- The same as execution_fields of rows that lists.Executions has put together.

-- name: Id
run.id

-- name: Job
run.job_id

-- name: Task
run.task_name

-- name: Version
run.task_version COLLATE "C"

-- name: Queue
run.queue

-- name: Attempt
run.attempt

-- name: Outcome
run.outcome COLLATE "C"

-- name: StartedAt
run.started_at

-- name: FinishedAt
run.finished_at

-- name: Node
coalesce(substring(run.node from '^(.+)@[^@]*$'), run.node) COLLATE "C"

-- name: FailureKind
substring(run.failure from '^\{"kind":"([A-Za-z]+)"') COLLATE "C"

-- name: FailureName
(CASE WHEN strpos(run.failure, '\u0000') = 0 THEN run.failure::json ->> 'name' END) COLLATE "C"
