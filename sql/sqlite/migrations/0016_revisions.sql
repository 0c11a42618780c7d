-- Which state of a task, a queue or a limit somebody knows: a change may ask that it is still there (If-Match). What is deleted begins anew with the time in
-- microseconds, so that no number means two states.
ALTER TABLE tasks ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE queues ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE limits ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
