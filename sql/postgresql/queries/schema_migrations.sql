-- Any constant serves, as long as nothing else in the database uses it: the eight bytes of "ratchet " as a number.
-- name: Lock
SELECT pg_advisory_lock(x'7261746368657420'::bigint)

-- name: Unlock
SELECT pg_advisory_unlock(x'7261746368657420'::bigint)

-- name: CreateTable
CREATE TABLE IF NOT EXISTS schema_migrations (
  number     integer     NOT NULL PRIMARY KEY,
  name       text        NOT NULL,
  checksum   text        NOT NULL,
  applied_at timestamptz NOT NULL
)

-- name: ReadApplied
SELECT number, name, checksum FROM schema_migrations ORDER BY number

-- name: AddApplied
INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)

-- name: Ping
SELECT 1
