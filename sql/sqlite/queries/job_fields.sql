-- What lists of jobs are filtered and sorted by: an expression a field, over jobs j.

-- name: Id
j.id

-- name: Task
j.task_name

-- name: Version
j.task_version

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
CASE WHEN instr(j.node, '@') > 1 THEN substr(j.node, 1, length(rtrim(j.node, replace(j.node, '@', ''))) - 1) ELSE j.node END

-- name: IdempotencyKey
j.idempotency_key

-- A lane is the task's name alone, or that and three keys with line feeds between them.
-- name: FairnessKey
(SELECT nullif(substr(r, 1, instr(r, char(10)) - 1), '') FROM (SELECT substr(j.lane, instr(j.lane, char(10)) + 1) AS r) WHERE instr(j.lane, char(10)) > 0)

-- name: ConcurrencyKey
(SELECT nullif(substr(r, 1, instr(r, char(10)) - 1), '') FROM (SELECT substr(q, instr(q, char(10)) + 1) AS r FROM (SELECT substr(j.lane, instr(j.lane, char(10)) + 1) AS q))
  WHERE instr(j.lane, char(10)) > 0)

-- name: RateKey
(SELECT nullif(substr(r, instr(r, char(10)) + 1), '') FROM (SELECT substr(q, instr(q, char(10)) + 1) AS r FROM (SELECT substr(j.lane, instr(j.lane, char(10)) + 1) AS q))
  WHERE instr(j.lane, char(10)) > 0)

-- name: UniqueKey
j.unique_key

-- name: FailureKind
(j.failure ->> 'kind')

-- name: FailureName
(j.failure ->> 'name')
