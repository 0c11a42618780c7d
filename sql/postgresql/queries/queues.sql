-- name: AddQueues
INSERT INTO queues (tenant_id, name) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING

-- name: ListActiveQueues
SELECT q.tenant_id, q.name FROM queues q
WHERE EXISTS (SELECT 1 FROM jobs j WHERE j.tenant_id = q.tenant_id AND j.queue = q.name AND j.state = 'QUEUED')
  OR EXISTS (SELECT 1 FROM jobs j WHERE j.tenant_id = q.tenant_id AND j.queue = q.name AND j.state IN ('SCHEDULED', 'RETRYING'))
  OR EXISTS (SELECT 1 FROM jobs j WHERE j.tenant_id = q.tenant_id AND j.queue = q.name AND j.state = 'PROCESSING')
ORDER BY q.tenant_id, q.name
