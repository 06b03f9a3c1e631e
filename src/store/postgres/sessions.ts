/** Sessions and credentials for all instances, in real time. */
import type { Pool } from 'pg';
import type { CredentialStore, Credentials, Session, Sessions } from '../../ports/sessions';
import { at, rows } from '../sql';

/** Over a migrated database. */
export function createSessions(pool: Pool): Sessions {
  return {
    open: async (hash, s) =>
      void (await rows(pool, OPEN, [hash, s.person, s.way, s.csrf, s.stage, at(s.openedAt), at(s.seenAt), at(s.endsAt)])),
    find: async (hash, now, idleMs) => (await rows<Session>(pool, FIND, [hash, at(now), at(now - idleMs)]))[0] ?? null,
    complete: async (hash) => void (await rows(pool, COMPLETE, [hash])),
    end: async (hash) => void (await rows(pool, END, [hash])),
    endAll: async (person) => void (await rows(pool, END_ALL, [person])),
  };
}

/** Over the same database. */
export function createCredentials(pool: Pool): CredentialStore {
  return {
    read: async (person) => (await rows<Credentials>(pool, READ, [person]))[0] ?? null,
    set: async (person, { password, totp }) => void (await rows(pool, SET, [person, password, totp])),
    useStep: async (person, step) => (await rows(pool, USE_STEP, [person, step])).length === 1,
    failed: async (person, most, until) => void (await rows(pool, FAILED, [person, most, at(until)])),
    succeeded: async (person) => void (await rows(pool, SUCCEEDED, [person])),
    giveLink: async (hash, person, endsAt) => void (await rows(pool, GIVE_LINK, [hash, person, at(endsAt)])),
    lookLink: async (hash, now) => (await rows<{ person: string }>(pool, LOOK_LINK, [hash, at(now)]))[0]?.person ?? null,
    takeLink: async (hash, now) => (await rows<{ person: string }>(pool, TAKE_LINK, [hash, at(now)]))[0]?.person ?? null,
  };
}

const OPEN = {
  name: 'sessions.open',
  text: `
    WITH over AS (DELETE FROM sessions WHERE ends_at <= $6)
    INSERT INTO sessions (token_hash, person, way, csrf, stage, opened_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
};
/** The row is written once a minute, however often the page asks. */
const FIND = {
  name: 'sessions.find',
  text: `
    WITH found AS (SELECT * FROM sessions WHERE token_hash = $1 AND ends_at > $2 AND seen_at > $3),
    seen AS (
      UPDATE sessions s SET seen_at = $2 FROM found f WHERE s.token_hash = f.token_hash AND f.seen_at < $2::timestamptz - interval '1 minute'
    )
    SELECT person, way, csrf, stage, opened_at AS "openedAt", seen_at AS "seenAt", ends_at AS "endsAt" FROM found`,
};
const COMPLETE = { name: 'sessions.complete', text: `UPDATE sessions SET stage = 'full' WHERE token_hash = $1` };
const END = { name: 'sessions.end', text: 'DELETE FROM sessions WHERE token_hash = $1' };
const END_ALL = { name: 'sessions.end-all', text: 'DELETE FROM sessions WHERE person = $1' };
const READ = {
  name: 'credentials.read',
  text: 'SELECT password, totp_sealed AS totp, locked_until AS "lockedUntil" FROM credentials WHERE person = $1',
};
const SET = {
  name: 'credentials.set',
  text: `
    INSERT INTO credentials (person, password, totp_sealed) VALUES ($1, $2, $3)
    ON CONFLICT (person) DO UPDATE SET password = coalesce(excluded.password, credentials.password),
      totp_sealed = excluded.totp_sealed, totp_step = 0, failures = 0, locked_until = NULL`,
};
const USE_STEP = {
  name: 'credentials.use-step',
  text: 'UPDATE credentials SET totp_step = $2 WHERE person = $1 AND totp_step < $2 RETURNING person',
};
const FAILED = {
  name: 'credentials.failed',
  text: `
    UPDATE credentials SET failures = CASE WHEN failures + 1 >= $2 THEN 0 ELSE failures + 1 END,
      locked_until = CASE WHEN failures + 1 >= $2 THEN $3::timestamptz ELSE locked_until END
    WHERE person = $1`,
};
const SUCCEEDED = { name: 'credentials.succeeded', text: 'UPDATE credentials SET failures = 0, locked_until = NULL WHERE person = $1' };
const GIVE_LINK = {
  name: 'first-links.give',
  text: `
    WITH before AS (DELETE FROM first_links WHERE person = $2)
    INSERT INTO first_links (token_hash, person, ends_at) VALUES ($1, $2, $3)`,
};
const LOOK_LINK = { name: 'first-links.look', text: 'SELECT person FROM first_links WHERE token_hash = $1 AND ends_at > $2' };
const TAKE_LINK = {
  name: 'first-links.take',
  text: 'DELETE FROM first_links WHERE token_hash = $1 AND ends_at > $2 RETURNING person',
};
