-- Reports of the last minutes, for whoever looks for them again and again.
CREATE INDEX incidents_by_receipt ON incidents (received_at);
