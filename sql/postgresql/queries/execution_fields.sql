-- What lists of executions are filtered and sorted by, over executions e and their jobs j.

-- name: Id
e.id

-- name: Job
e.job_id

-- name: Task
j.task_name

-- name: Version
j.task_version COLLATE "C"

-- name: Queue
j.queue

-- name: Attempt
e.attempt

-- name: Outcome
e.outcome COLLATE "C"

-- name: StartedAt
e.started_at

-- name: FinishedAt
e.finished_at

-- name: Node
coalesce(substring(e.node from '^(.+)@[^@]*$'), e.node) COLLATE "C"

-- name: FailureKind
substring(e.failure from '^\{"kind":"([A-Za-z]+)"') COLLATE "C"

-- name: FailureName
(CASE WHEN strpos(e.failure, '\u0000') = 0 THEN e.failure::json ->> 'name' END) COLLATE "C"
