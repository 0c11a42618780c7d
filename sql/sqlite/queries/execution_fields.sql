-- What lists of executions are filtered and sorted by, over executions e and their jobs j.

-- name: Id
e.id

-- name: Job
e.job_id

-- name: Task
j.task_name

-- name: Version
j.task_version

-- name: Queue
j.queue

-- name: Attempt
e.attempt

-- name: Outcome
e.outcome

-- name: StartedAt
e.started_at

-- name: FinishedAt
e.finished_at

-- name: Node
CASE WHEN instr(e.node, '@') > 1 THEN substr(e.node, 1, length(rtrim(e.node, replace(e.node, '@', ''))) - 1) ELSE e.node END

-- name: FailureKind
(e.failure ->> 'kind')

-- name: FailureName
(e.failure ->> 'name')
