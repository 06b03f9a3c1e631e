-- Papers of incidents, a row for each version. What went out stands here whole, under its hash, and is never changed again.
CREATE TABLE papers (
  id          text NOT NULL,
  stream_id   text NOT NULL REFERENCES streams (id),
  kind        text NOT NULL,
  serial      integer NOT NULL,
  version     integer NOT NULL,
  state       text NOT NULL CHECK (state IN ('returned', 'in_hand', 'signed', 'sent', 'void', 'replaced')),
  facts       text,
  file_hash   text,
  frozen_hash text,
  PRIMARY KEY (id, version),
  CHECK ((facts IS NULL) = (frozen_hash IS NULL))
);
-- Files under their SHA-256: what went out as a document, byte for byte.
CREATE TABLE files (
  hash  text PRIMARY KEY,
  bytes bytea NOT NULL
);
CREATE UNIQUE INDEX papers_serial ON papers (stream_id, kind, serial, version) WHERE state NOT IN ('void', 'replaced');
CREATE INDEX papers_of_stream ON papers (stream_id);

-- A paper that went out stays as it went out: a correction is another paper.
CREATE FUNCTION papers_stay_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.id, NEW.stream_id, NEW.kind, NEW.serial, NEW.version, NEW.facts, NEW.frozen_hash, NEW.state)
      IS NOT DISTINCT FROM (OLD.id, OLD.stream_id, OLD.kind, OLD.serial, OLD.version, OLD.facts, OLD.frozen_hash, OLD.state)
      AND NEW.file_hash IS NOT DISTINCT FROM OLD.file_hash THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'papers that went out are never changed or removed (%)', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER papers_frozen BEFORE UPDATE OR DELETE ON papers FOR EACH ROW WHEN (OLD.frozen_hash IS NOT NULL)
  EXECUTE FUNCTION papers_stay_frozen();
