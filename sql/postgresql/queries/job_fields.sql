-- What lists of jobs are filtered and sorted by: an expression a field, over jobs j. Texts compare by their bytes.

-- name: Id
j.id

-- name: Task
j.task_name

-- name: Version
j.task_version COLLATE "C"

-- name: Queue
j.queue

-- name: Priority
j.priority

-- name: State
j.state

-- name: Attempts
j.attempts

-- name: MaxAttempts
j.max_attempts

-- name: LostWorkers
j.lost_workers

-- name: CreatedAt
j.created_at

-- name: DueAt
j.due_at

-- name: StartedAt
j.started_at

-- name: FinishedAt
j.finished_at

-- name: Deadline
j.deadline_at

-- The name before the last @; what follows tells one start of the node from another.
-- name: Node
coalesce(substring(j.node from '^(.+)@[^@]*$'), j.node) COLLATE "C"

-- name: IdempotencyKey
j.idempotency_key COLLATE "C"

-- name: FairnessKey
nullif(split_part(j.lane, E'\n', 2), '')

-- name: ConcurrencyKey
nullif(split_part(j.lane, E'\n', 3), '')

-- name: RateKey
nullif(split_part(j.lane, E'\n', 4), '')

-- name: UniqueKey
j.unique_key COLLATE "C"

-- The first member of what the failure was written as.
-- name: FailureKind
substring(j.failure from '^\{"kind":"([A-Za-z]+)"') COLLATE "C"

-- The database has no text with NUL in it, and refuses JSON that stands for one.
-- name: FailureName
(CASE WHEN strpos(j.failure, '\u0000') = 0 THEN j.failure::json ->> 'name' END) COLLATE "C"
