/** What the bot waits to hear: one open prompt for each conversation and person. */
import type { Prompt } from '../../ports/inbox';
import { at, json, type Queryable, rows } from '../sql';

/** The open prompt, also when its time has passed: the caller judges that by its own clock. */
export async function openPrompt(on: Queryable, conversation: string, person: string): Promise<Prompt | null> {
  const [row] = await rows<Omit<Prompt, 'conversation' | 'person'>>(on, OPEN, [conversation, person]);
  return row === undefined ? null : { ...row, conversation, person };
}

/** Opens a prompt; an open one of the same conversation and person becomes `replaced`. */
export async function askPrompt(on: Queryable, { id, conversation, person, kind, code, command, expiresAt }: Prompt): Promise<void> {
  await rows(on, ASK, [id, conversation, person, kind, code, json(command), at(expiresAt)]);
}

/** Closes an open prompt and forgets the words that waited with it; a closed one stays as it was closed. */
export async function closePrompt(on: Queryable, id: string, state: 'used' | 'expired'): Promise<void> {
  await rows(on, CLOSE, [id, state]);
}

const OPEN = {
  name: 'prompts.open',
  text: `
    SELECT id, kind, code, command, expires_at AS "expiresAt" FROM prompts
    WHERE conversation_id = $1 AND person_id = $2 AND state = 'open'`,
};
/** `done` makes the insertion wait for the replacing: both meet in the unique index of open prompts. */
const ASK = {
  name: 'prompts.ask',
  text: `
    WITH replaced AS (
      UPDATE prompts SET state = 'replaced', command = NULL WHERE conversation_id = $2 AND person_id = $3 AND state = 'open' RETURNING id
    ), done AS (SELECT count(*) FROM replaced)
    INSERT INTO prompts (id, conversation_id, person_id, kind, code, command, expires_at)
    SELECT $1, $2, $3, $4, $5, $6::jsonb, $7::timestamptz FROM done`,
};
const CLOSE = { name: 'prompts.close', text: `UPDATE prompts SET state = $2, command = NULL WHERE id = $1 AND state = 'open'` };
