-- name: Add
INSERT INTO events (at, job_id, attempt, tenant_id, transition, from_state, to_state, actor, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)

-- The transition that has just been made, from the job's row. ?3: what to add to the attempts used up.
-- name: Note
INSERT INTO events (at, job_id, attempt, tenant_id, transition, from_state, to_state, actor, reason)
SELECT ?2, id, attempts + ?3, tenant_id, ?4, was, state, ?5, ?6 FROM jobs WHERE id = ?1

-- name: ReadOfJob
SELECT 0, seq, at, job_id, transition, from_state, to_state, attempt, actor, reason
FROM events WHERE job_id = ?2 AND tenant_id = ?1 ORDER BY seq

-- name: Follow
SELECT 0, seq, at, job_id, transition, from_state, to_state, attempt, actor, reason
FROM events WHERE seq > ?2 AND tenant_id = ?1 ORDER BY seq LIMIT ?3
