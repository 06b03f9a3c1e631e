-- The log of a shift is read from the events of its hours: events only grow at the end, so an index of block ranges is small and costs no insert.
CREATE INDEX events_by_moment ON events USING brin (at);
