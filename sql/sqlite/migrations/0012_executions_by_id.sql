-- One execution by its id. Ids ascend with time, so that entries are added at the index's end.
CREATE INDEX jobs_execution_id ON jobs (execution_id) WHERE execution_id IS NOT NULL;
CREATE INDEX executions_id ON executions (id);
