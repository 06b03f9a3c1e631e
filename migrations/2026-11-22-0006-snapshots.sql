-- A snapshot says in which shape it was saved: one in another shape than the program's is folded anew from the events.
-- 0: nothing is folded yet. What was written before this column is in the first shape.
ALTER TABLE streams ADD COLUMN state_v integer NOT NULL DEFAULT 1;
