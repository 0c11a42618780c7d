-- One execution by its id. Ids ascend with time, and rows that end at about the same time lie near each other: for the jobs that completed, a few bytes for each
-- 32 pages do, where a tree would cost every completion a write of its own. Attempts that failed are few, and have a tree.
CREATE INDEX jobs_execution_id ON jobs USING brin (execution_id uuid_minmax_multi_ops) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX executions_id ON executions (id);
