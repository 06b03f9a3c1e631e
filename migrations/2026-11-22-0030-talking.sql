-- What is asked question by question waits like a code or a choice.
ALTER TABLE prompts DROP CONSTRAINT prompts_kind_check;
ALTER TABLE prompts ADD CONSTRAINT prompts_kind_check CHECK (kind IN ('code', 'choice', 'dialogue'));
-- Messages beyond the limits of a minute, for whoever looks how many there were; no other row is in it.
CREATE INDEX inbox_limited ON inbox (received_at) WHERE outcome IN ('limited', 'limited:told');
