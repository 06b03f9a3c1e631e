-- Roles begin and end: who has left loses every right at that moment.
ALTER TABLE roles ADD COLUMN from_at timestamptz, ADD COLUMN until_at timestamptz;

-- What was answered to a machine, as data: its caller reads it, nobody sends it.
ALTER TABLE inbox ADD COLUMN reply jsonb;

-- Signatures of machines that were used; none counts twice. Rows older than the window of signatures are deleted.
CREATE TABLE used_signatures (
  signature text PRIMARY KEY,
  used_at   timestamptz NOT NULL
);
CREATE INDEX used_signatures_by_moment ON used_signatures (used_at);
