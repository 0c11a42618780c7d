-- The same as execution_fields of rows that lists.Executions has put together.

-- name: Id
run.id

-- name: Job
run.job_id

-- name: Task
run.task_name

-- name: Version
run.task_version

-- name: Queue
run.queue

-- name: Attempt
run.attempt

-- name: Outcome
run.outcome

-- name: StartedAt
run.started_at

-- name: FinishedAt
run.finished_at

-- name: Node
CASE WHEN instr(run.node, '@') > 1 THEN substr(run.node, 1, length(rtrim(run.node, replace(run.node, '@', ''))) - 1) ELSE run.node END

-- name: FailureKind
(run.failure ->> 'kind')

-- name: FailureName
(run.failure ->> 'name')
