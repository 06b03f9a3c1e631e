/** The twin's inbox and prompts: rows go in by the batch, and are handled one by one in the order of hearing. */
import type { Heard, InboxItem, InboxOutcome, Incoming, Prompt } from '../../ports/inbox';
import { conversationId } from '../postgres/ids';
import { LOOKED_BACK } from '../postgres/intake';
import { holdable, json } from '../sql';
import { ALL, heardKey } from './indexes';
import { jsonb } from './jsonb';
import type { On } from './transaction';
import type { InboxRow } from './world';

/** Writes a batch; one that is already there, also earlier in the same batch, is `seen` and changes nothing. */
export async function takeIn(on: On, batch: readonly Incoming[]): Promise<readonly ('new' | 'seen')[]> {
  const answers: ('new' | 'seen')[] = [];
  for (const row of batch) answers.push(await takeOne(on, row));
  return answers;
}

/** Counts one more attempt of the oldest waiting row; null when none waits or somebody is handling this conversation. */
export async function countAttempt(on: On, conversation: string): Promise<{ readonly id: string; readonly attempts: number } | null> {
  if (on.get('conversations', conversation) === undefined || !on.free('conversations', conversation)) return null;
  const first = oldest(on, conversation);
  const counted = first && (await on.change('inbox', first.id, (row) => ({ ...row, attempts: row.attempts + 1 })));
  return counted === undefined ? null : { id: counted.id, attempts: counted.attempts };
}

/** The oldest row of the conversation that still waits. */
export function received(on: On, conversation: string): InboxItem | null {
  const row = oldest(on, conversation);
  if (row === undefined) return null;
  const { id, tenant, source, chat, room, account, receivedAt, words, meta, attempts } = row;
  const ticket = row.ticketUsedAt === null ? row.ticket : null;
  return { id, tenant, source, conversation, chat, room, account, receivedAt, words, meta, ticket, attempts };
}

/** Ends a row; one that has ended keeps its first outcome. */
export async function settleInbox(on: On, id: string, ended: InboxOutcome): Promise<void> {
  const { state, outcome, stream = null, version = null, reply } = ended;
  await on.change('inbox', id, (row) =>
    row.state === 'received' ? { ...row, state, outcome, stream, version, reply: reply === undefined ? null : jsonb(reply) } : undefined,
  );
}

/** Among the last thousand rows up to this one. */
export function heardSince(on: On, id: string, since: number): Heard {
  const here = on.get('inbox', id);
  const heard = on.all('inbox').filter((row) => isLate(row, Number(id)) && row.receivedAt > since);
  const own = heard.filter((row) => row.tenant === here?.tenant && row.account === here.account);
  const said = heard.filter((row) => row.conversation === here?.conversation);
  const told = (rows: readonly InboxRow[]): boolean => rows.some((row) => row.outcome === 'limited:told');
  return { fromAccount: own.length, inConversation: said.length, toldAccount: told(own), toldConversation: told(said) };
}

function isLate(row: InboxRow, id: number): boolean {
  return Number(row.id) <= id && Number(row.id) > id - LOOKED_BACK;
}

/** The open prompt, also when its time has passed. */
export function openPrompt(on: On, conversation: string, person: string): Prompt | null {
  const found = on.by('promptsOpen', ALL).find((p) => p.conversation === conversation && p.person === person);
  if (found === undefined) return null;
  const { state: _, ...prompt } = found;
  return prompt;
}

/** Opens a prompt; an open one of the same conversation and person becomes `replaced` and forgets its words. */
export async function askPrompt(on: On, prompt: Prompt): Promise<void> {
  await on.lock('unique', `prompts_open/${prompt.conversation}/${prompt.person}`);
  const older = openPrompt(on, prompt.conversation, prompt.person);
  if (older !== null) await endPrompt(on, older.id, 'replaced');
  on.put('prompts', prompt.id, { ...prompt, command: jsonb(prompt.command), state: 'open' });
}

/** Closes an open prompt and forgets the words that waited with it; a closed one stays as it was closed. */
export async function endPrompt(on: On, id: string, state: 'used' | 'expired' | 'replaced'): Promise<void> {
  await on.change('prompts', id, (row) => (row.state === 'open' ? { ...row, state, command: null } : undefined));
}

async function takeOne(on: On, row: Incoming): Promise<'new' | 'seen'> {
  const tenant = holdable(row.tenant);
  const [source, dedupeKey, account] = [holdable(row.source), holdable(row.dedupeKey), holdable(row.account)];
  const chat = { id: holdable(row.chat.id), kind: row.chat.kind };
  const identity = heardKey({ tenant, source, dedupeKey });
  await on.lock('unique', `inbox/${identity}`);
  const conversation = conversationId(tenant, chat.kind, chat.id);
  if (on.get('conversations', conversation) === undefined) on.put('conversations', conversation, { id: conversation, tenant, chat });
  const id = String(on.serial('inbox'));
  if (on.by('inboxOnce', identity).length > 0) return 'seen';
  on.put('inbox', id, {
    ...{ id, tenant, source, dedupeKey, conversation, chat, account, room: row.room, receivedAt: row.receivedAt },
    words: row.words && (JSON.parse(json(row.words)) as InboxRow['words']),
    meta: jsonb(row.meta),
    ticket: row.ticket && jsonb(row.ticket),
    ...{ ticketUsedAt: null, attempts: 0, state: 'received', outcome: null, stream: null, version: null, reply: null },
  });
  return 'new';
}

function oldest(on: On, conversation: string): InboxRow | undefined {
  return on
    .by('inboxReceived', ALL)
    .filter((row) => row.conversation === conversation)
    .sort((a, b) => Number(a.id) - Number(b.id))[0];
}
