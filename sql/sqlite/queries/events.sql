-- name: Add
INSERT INTO events (at, job_id, attempt, tenant_id, transition, from_state, to_state, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)

-- The transition that has just been made, from the job's row. ?3: what to add to the attempts used up; NULL: one, if it was taken from a job that ran.
-- name: Note
INSERT INTO events (at, job_id, attempt, tenant_id, transition, from_state, to_state, actor, reason)
SELECT ?2, id, attempts + coalesce(?3, was = 'PROCESSING'), tenant_id, ?4, was, state, ?5, ?6 FROM jobs WHERE id = ?1

-- name: ReadOfJob
SELECT 0, seq, at, job_id, transition, from_state, to_state, attempt, actor, reason
FROM events WHERE job_id = ?2 AND tenant_id = ?1 ORDER BY seq

-- Of all tenants or one (?1), with what is known of the event's job while it is there.
-- name: ReadForward
SELECT 0, e.seq, e.at, e.job_id, e.transition, e.from_state, e.to_state, e.attempt, e.actor, e.reason, e.tenant_id, j.task_name, j.queue
FROM events e LEFT JOIN jobs j ON j.id = e.job_id
WHERE e.seq > ?2 AND (?1 IS NULL OR e.tenant_id = ?1) ORDER BY e.seq LIMIT ?3

-- name: ReadBackward
SELECT 0, e.seq, e.at, e.job_id, e.transition, e.from_state, e.to_state, e.attempt, e.actor, e.reason, e.tenant_id, j.task_name, j.queue
FROM events e LEFT JOIN jobs j ON j.id = e.job_id
WHERE e.seq < ?2 AND (?1 IS NULL OR e.tenant_id = ?1) ORDER BY e.seq DESC LIMIT ?3

-- name: Head
SELECT seq FROM events ORDER BY seq DESC LIMIT 1
