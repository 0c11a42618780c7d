-- An attempt whose job was cancelled while it ran is kept too.
ALTER TABLE executions DROP CONSTRAINT executions_outcome;
ALTER TABLE executions ADD CONSTRAINT executions_outcome CHECK (outcome IN ('FAILED', 'LOST', 'CANCELLED')) NOT VALID;
ALTER TABLE executions VALIDATE CONSTRAINT executions_outcome;
