-- Who may see an incident, beside its row in the lists: a list is then asked in one question, whatever the right of whoever asks.
ALTER TABLE incidents
  ADD COLUMN rulebook text NOT NULL DEFAULT '',
  ADD COLUMN people text[] NOT NULL DEFAULT '{}',
  ADD COLUMN called_groups text[] NOT NULL DEFAULT '{}';
UPDATE incidents i SET rulebook = s.rulebook,
  people = ARRAY(
    SELECT DISTINCT person FROM (
      SELECT s.state->>'reportedBy' AS person UNION ALL SELECT s.state->'standIn'->>'person'
      UNION ALL SELECT a.person_id FROM asks a WHERE a.stream_id = s.id
      UNION ALL SELECT unnest(ARRAY[t.value->>'owner', t.value->>'givenBy']) FROM jsonb_each(coalesce(s.state->'tasks', '{}')) t
      UNION ALL SELECT unnest(ARRAY[d.value->>'leader', d.value->>'assignee']) FROM jsonb_each(coalesce(s.state->'directives', '{}')) d
    ) AS named WHERE person IS NOT NULL ORDER BY 1),
  called_groups = ARRAY(
    SELECT DISTINCT a.value->>'group' FROM jsonb_each(coalesce(s.state->'asks', '{}')) a WHERE a.value->>'group' IS NOT NULL ORDER BY 1)
FROM streams s WHERE s.id = i.stream_id;

-- Lists by how things stand, in their own order, whatever has piled up beside them.
CREATE INDEX incidents_by_status ON incidents (status, n);
CREATE INDEX deadlines_by_due ON deadlines (status, due_at);
CREATE INDEX deliveries_troubled ON deliveries (state, id) WHERE state IN ('held', 'refused', 'unknown');

-- The record is searched from the newest on; the same index finds the hours of a shift's log, so the block ranges go.
CREATE INDEX events_in_time ON events (at);
DROP INDEX events_by_moment;
