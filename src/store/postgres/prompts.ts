/** What the bot waits to hear: one open prompt for each conversation and person. */
import type { Prompt } from '../../ports/inbox';
import { at, built, json, type Queryable } from '../sql';
import { build } from './tables';

/** The open prompt, also when its time has passed: the caller judges that by its own clock. */
export async function openPrompt(on: Queryable, conversation: string, person: string): Promise<Prompt | null> {
  const query = build
    .selectFrom('prompts')
    .select(['id', 'kind', 'code', 'command', 'expires_at'])
    .where('conversation_id', '=', conversation)
    .where('person_id', '=', person)
    .where('state', '=', 'open');
  const [row] = await built(on, 'prompts.open', query);
  if (!row) return null;
  return { id: row.id, conversation, person, kind: row.kind, code: row.code, command: row.command, expiresAt: row.expires_at };
}

/** Opens a prompt; an open one of the same conversation and person becomes `replaced`. */
export async function askPrompt(on: Queryable, prompt: Prompt): Promise<void> {
  const older = build
    .updateTable('prompts')
    .set({ state: 'replaced', command: null })
    .where('conversation_id', '=', prompt.conversation)
    .where('person_id', '=', prompt.person)
    .where('state', '=', 'open');
  await built(on, 'prompts.replace', older);
  const fresh = build.insertInto('prompts').values({
    id: prompt.id,
    conversation_id: prompt.conversation,
    person_id: prompt.person,
    kind: prompt.kind,
    code: prompt.code,
    command: json(prompt.command),
    expires_at: at(prompt.expiresAt),
  });
  await built(on, 'prompts.ask', fresh);
}

/** Closes an open prompt and forgets the words that waited with it; a closed one stays as it was closed. */
export async function closePrompt(on: Queryable, id: string, state: 'used' | 'expired'): Promise<void> {
  await built(
    on,
    'prompts.close',
    build.updateTable('prompts').set({ state, command: null }).where('id', '=', id).where('state', '=', 'open'),
  );
}
