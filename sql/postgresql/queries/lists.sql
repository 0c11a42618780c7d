-- Lists that clients filter and sort. A statement is put together from these texts alone, chosen by field and operator; whatever a client has written goes in
-- as a parameter. {field} and {key} stand for a text of job_fields, execution_fields or completion_fields; {value} for a parameter; {one}, {other} for conditions.

-- name: Value
${n}

-- name: Everything
TRUE

-- name: Nothing
FALSE

-- name: All
({one} AND {other})

-- name: Any
({one} OR {other})

-- Without a value a condition is neither true nor false: what is not true is false.
-- name: Not
(({one}) IS NOT TRUE)

-- name: IsNull
{field} IS NULL

-- name: IsNotNull
{field} IS NOT NULL

-- name: Equal
{field} = {value}

-- name: NotEqual
({field} = {value}) IS NOT TRUE

-- name: In
{field} = ANY({value})

-- name: NotIn
({field} = ANY({value})) IS NOT TRUE

-- name: InIds
{field} = ANY({value})

-- name: NotInIds
({field} = ANY({value})) IS NOT TRUE

-- name: Greater
{field} > {value}

-- name: GreaterOrEqual
{field} >= {value}

-- name: Less
{field} < {value}

-- name: LessOrEqual
{field} <= {value}

-- lower() by "C" changes ASCII letters alone, and no character of either text is special here.
-- name: Like
strpos(lower({field} COLLATE "C"), lower({value} COLLATE "C")) > 0

-- What has no value is the greatest, as the database has it by itself.
-- name: Ascending
{field} ASC

-- name: Descending
{field} DESC

-- name: AscendingNulls
{field} ASC NULLS LAST

-- name: DescendingNulls
{field} DESC NULLS FIRST

-- name: Jobs
SELECT j.id, j.tenant_id, j.task_name, j.task_version, j.queue, j.priority, j.state, j.attempts, j.max_attempts, j.lost_workers, j.created_at, j.due_at, j.started_at,
  j.finished_at, j.node, j.failure, j.idempotency_key, j.lane, j.deadline_at, j.escalate_at, j.unique_key
FROM jobs j WHERE j.tenant_id = $1 AND {where}
ORDER BY {order} OFFSET $2 LIMIT $3

-- name: CountJobs
SELECT count(*) FROM (SELECT 1 FROM jobs j WHERE j.tenant_id = $1 AND {where} LIMIT $2) AS counted

-- Attempts that did not complete their job, and those that did, which are in the job's row: of each as many as the page can need.
-- name: Executions
SELECT * FROM (
  (SELECT e.id, e.attempt, e.outcome, e.started_at, e.finished_at, e.node, NULL::text AS output, e.failure, NULL::text AS log,
    EXISTS (SELECT 1 FROM recordings r WHERE r.execution_id = e.id) AS recorded, e.job_id, j.task_name, j.task_version, j.queue
  FROM executions e JOIN jobs j ON j.id = e.job_id WHERE e.tenant_id = $1 AND {where}
  ORDER BY {order} LIMIT $2::bigint + $3)
  UNION ALL
  (SELECT j.execution_id, j.attempts, 'COMPLETED', j.started_at, j.finished_at, j.node, NULL::text, NULL::text, NULL::text,
    EXISTS (SELECT 1 FROM recordings r WHERE r.execution_id = j.execution_id), j.id, j.task_name, j.task_version, j.queue
  FROM jobs j WHERE j.tenant_id = $1 AND j.execution_id IS NOT NULL AND {completed}
  ORDER BY {completedOrder} LIMIT $2::bigint + $3)) AS run
ORDER BY {runOrder} OFFSET $2 LIMIT $3

-- name: CountExecutions
SELECT count(*) FROM (
  (SELECT 1 FROM executions e JOIN jobs j ON j.id = e.job_id WHERE e.tenant_id = $1 AND {where} LIMIT $2)
  UNION ALL
  (SELECT 1 FROM jobs j WHERE j.tenant_id = $1 AND j.execution_id IS NOT NULL AND {completed} LIMIT $2)) AS counted

-- name: JobsOfIds
SELECT id, tenant_id, task_name, task_version, queue, priority, state, attempts, max_attempts, lost_workers, created_at, due_at, started_at,
  finished_at, node, failure, idempotency_key, lane, deadline_at, escalate_at, unique_key
FROM jobs WHERE tenant_id = $1 AND id = ANY($2)

-- name: ExecutionsOfJobs
SELECT e.id, e.attempt, e.outcome, e.started_at, e.finished_at, e.node, NULL::text AS output, e.failure, NULL::text AS log,
  EXISTS (SELECT 1 FROM recordings r WHERE r.execution_id = e.id) AS recorded, e.job_id, j.task_name, j.task_version, j.queue
FROM executions e JOIN jobs j ON j.id = e.job_id WHERE e.tenant_id = $1 AND e.job_id = ANY($2)
UNION ALL
SELECT j.execution_id, j.attempts, 'COMPLETED', j.started_at, j.finished_at, j.node, NULL::text, NULL::text, NULL::text,
  EXISTS (SELECT 1 FROM recordings r WHERE r.execution_id = j.execution_id), j.id, j.task_name, j.task_version, j.queue
FROM jobs j WHERE j.tenant_id = $1 AND j.id = ANY($2) AND j.execution_id IS NOT NULL
ORDER BY job_id, finished_at, id

-- The job that an execution belongs to.
-- name: JobOfExecution
SELECT job_id FROM executions WHERE tenant_id = $1 AND id = $2
UNION ALL
SELECT id FROM jobs WHERE tenant_id = $1 AND execution_id = $2

-- Jobs by queue and state, each state counted up to $2 jobs. The states are written out so that the partial indexes serve.
-- name: Counts
SELECT queue, state, count(*) FROM (
  (SELECT queue, state FROM jobs WHERE tenant_id = $1 AND state = 'QUEUED' LIMIT $2)
  UNION ALL (SELECT queue, state FROM jobs WHERE tenant_id = $1 AND state IN ('SCHEDULED', 'RETRYING') LIMIT $2)
  UNION ALL (SELECT queue, state FROM jobs WHERE tenant_id = $1 AND state = 'PROCESSING' LIMIT $2)
  UNION ALL (SELECT queue, state FROM jobs WHERE tenant_id = $1 AND state IN ('FAILED', 'CANCELLED', 'EXPIRED', 'QUARANTINED') LIMIT $2)
  UNION ALL (SELECT queue, state FROM jobs WHERE tenant_id = $1 AND state = 'COMPLETED' LIMIT $2)) AS counted
GROUP BY queue, state ORDER BY queue, state
