-- Work that takes its time and can be left: what was asked, how far it is, and for a day what came of it.
-- Moments are real and the database's own: nothing here is due to anybody, a process is only alive or not.
CREATE TABLE long_work (
  owner            text NOT NULL,
  id               text NOT NULL,
  kind             text NOT NULL,
  -- What was asked; the cells of a sheet go when they have been taken.
  about            jsonb NOT NULL,
  state            text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  attempt          integer NOT NULL DEFAULT 1,
  step             text NOT NULL DEFAULT '',
  done             integer NOT NULL DEFAULT 0,
  total            integer,
  -- Counts every change, so that open pages know when to ask again.
  moves            integer NOT NULL DEFAULT 0,
  begun_real_at    timestamptz NOT NULL,
  ended_real_at    timestamptz,
  -- Broken off from here on, unless another sign of life comes first.
  alive_until_real timestamptz NOT NULL,
  fault            text,
  answer           jsonb,
  file_name        text,
  file             bytea,
  PRIMARY KEY (owner, id)
);
CREATE INDEX long_work_running ON long_work (owner) WHERE state = 'running';
CREATE INDEX long_work_by_end ON long_work (ended_real_at) WHERE ended_real_at IS NOT NULL;

-- When a matter was first reported in writing, for the figures: one of some hundred events of an incident.
CREATE INDEX events_papers_sent ON events (stream_id, at) WHERE type = 'PaperSent';
