-- The same as execution_fields of executions that completed their job: they are in the row of the job j.

-- name: Id
j.execution_id

-- name: Job
j.id

-- name: Task
j.task_name

-- name: Version
j.task_version

-- name: Queue
j.queue

-- name: Attempt
j.attempts

-- name: Outcome
'COMPLETED'

-- name: StartedAt
j.started_at

-- name: FinishedAt
j.finished_at

-- name: Node
CASE WHEN instr(j.node, '@') > 1 THEN substr(j.node, 1, length(rtrim(j.node, replace(j.node, '@', ''))) - 1) ELSE j.node END

-- name: FailureKind
NULL

-- name: FailureName
NULL
