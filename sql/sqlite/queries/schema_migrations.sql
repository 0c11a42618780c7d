-- name: CreateTable
CREATE TABLE IF NOT EXISTS schema_migrations (
  number     INTEGER NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  checksum   TEXT    NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT

-- name: ReadApplied
SELECT number, name, checksum FROM schema_migrations ORDER BY number

-- name: AddApplied
INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)

-- Readers do not wait for the writer, and a commit is one append to the log.
-- name: UseWriteAheadLog
PRAGMA journal_mode = WAL

-- FULL: the log is synced before a commit is answered, so that what was acknowledged survives a loss of power.
-- name: UseFullSync
PRAGMA synchronous = FULL

-- 64 MiB of the file's pages for the connection that writes: with SQLite's 2 MiB, every insert into a large table reads its indexes' pages again.
-- name: UseLargeCache
PRAGMA cache_size = -65536

-- The log is folded into the file each 32 MiB instead of each 4: a page that changes often is then written to the file, and the file synced, an eighth as often.
-- name: UseLongLog
PRAGMA wal_autocheckpoint = 8192

-- name: Begin
BEGIN IMMEDIATE

-- name: Commit
COMMIT

-- name: Rollback
ROLLBACK

-- Reads the file, which SELECT 1 would not.
-- name: Ping
SELECT count(*) FROM sqlite_schema
