-- Who is signed in on a page. Times are real: a browser knows nothing of a sandbox's moved clock. Tokens stand here as hashes only.
CREATE TABLE sessions (
  token_hash text PRIMARY KEY,
  person     text NOT NULL,
  way        text NOT NULL,
  csrf       text NOT NULL,
  stage      text NOT NULL CHECK (stage IN ('code', 'full')),
  opened_at  timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  ends_at    timestamptz NOT NULL
);
CREATE INDEX sessions_end ON sessions (ends_at);

-- What a person of the office keeps with us for signing in: a password for when no platform can be reached, a key for one-time codes.
CREATE TABLE credentials (
  person       text PRIMARY KEY,
  password     text,
  totp_sealed  text,
  -- The last time step a code was taken from: no code counts twice.
  totp_step    bigint NOT NULL DEFAULT 0,
  failures     integer NOT NULL DEFAULT 0,
  locked_until timestamptz
);

-- Links that open the first sign-in of a person once.
CREATE TABLE first_links (
  token_hash text PRIMARY KEY,
  person     text NOT NULL,
  ends_at    timestamptz NOT NULL
);
