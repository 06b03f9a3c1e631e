-- When the personal data of an incident are to be erased: null until a named person has decided, or the matter runs again.
ALTER TABLE incidents ADD COLUMN purge_after timestamptz;
CREATE INDEX incidents_to_purge ON incidents (purge_after) WHERE purge_after IS NOT NULL;
CREATE INDEX vault_of_stream ON vault (stream_id) WHERE stream_id IS NOT NULL AND purged_at IS NULL;
CREATE INDEX inbox_of_stream ON inbox (stream_id) WHERE stream_id IS NOT NULL;
-- Erased since the database was made, for the metrics.
CREATE INDEX vault_purged ON vault (kind) WHERE purged_at IS NOT NULL;
