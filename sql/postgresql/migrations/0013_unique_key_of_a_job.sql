-- The unique key a job was submitted with: it must be free, or still this job's, when the job is brought back from its end.
ALTER TABLE jobs ADD COLUMN unique_key text;
