/** One inbound message being answered: who, where, what was said, and the small acts every handler of a verb needs. */

import type { Actor } from '../core/incident/commands';
import type { TextRef } from '../core/incident/events';
import { type Instant, MINUTE } from '../core/instant';
import { LANE } from '../core/notices/intent';
import type { Caller } from '../core/rights/may';
import type { PersonId, Roster } from '../core/roster/roster';
import { type Origin, originOf, waysOut } from '../handlers/deliveries';
import type { Deps } from '../handlers/deps';
import type { InboxItem, InboxOutcome } from '../ports/inbox';
import type { Tx } from '../ports/store';
import type { VaultText } from '../ports/streams';
import { ASKING_MINUTES, CODE_MINUTES, type Reply } from './reply';

export interface Turn {
  readonly tx: Tx;
  readonly deps: Deps;
  readonly item: InboxItem;
  /** Now: the moment of the command. */
  readonly at: Instant;
  /** When the message came in: what 今早 means, and whether a code was in time. */
  readonly heardAt: Instant;
  readonly roster: Roster;
  readonly person: PersonId | null;
  /** The same as the policy of rights asks for it; null for somebody the roster does not know. */
  readonly caller: Caller | null;
  readonly actor: Actor;
  /** Where a question to this person waits for its answer: a room, or all private chats with him as one. */
  readonly place: string;
  readonly origin: Origin;
  readonly seed: string;
}

export async function openTurn(tx: Tx, deps: Deps, item: InboxItem): Promise<Turn> {
  const at = deps.clock.now();
  const roster = await deps.directory.at(at);
  const person = knownIn(roster, deps.reach.personOf(item.tenant, item.account));
  return {
    tx,
    deps,
    item,
    at,
    heardAt: item.receivedAt,
    roster,
    person,
    caller: person === null ? null : { is: 'person', roster, person, byToken: item.meta.byToken === true },
    actor: { person, room: item.room, conversation: item.conversation },
    place: item.chat.kind === 'single' && person !== null ? `private:${person}` : item.conversation,
    origin: originOf(deps.reach, item),
    seed: deps.ids.next(),
  };
}

/** Whoever was taken off the roster is a stranger at once, whatever the platform still says. */
function knownIn(roster: Roster, person: PersonId | null): PersonId | null {
  return person !== null && roster.people.has(person) ? person : null;
}

/** Answers in the conversation without touching any incident; a machine finds the answer with its row. */
export async function answer({ tx, deps, item, origin, at, heardAt }: Turn, reply: Reply): Promise<InboxOutcome> {
  if (origin.machine) return { ...endOf(reply), reply };
  await tx.reply(item.id, [
    {
      purpose: 'reply',
      addressee: `conversation:${item.conversation}`,
      leg: 'show',
      topic: `reply:${item.id}`,
      lane: LANE.answer,
      intent: { reply, room: origin.room },
      notBefore: at,
      relevantUntil: relevantUntil(reply, heardAt),
      routes: waysOut(deps.reach, origin.routes),
      ticketOf: item.id,
    },
  ]);
  return endOf(reply);
}

function endOf(reply: Reply): InboxOutcome {
  return { state: reply.is === 'stopped' ? 'stopped' : 'handled', outcome: reply.is === 'refusal' ? `refused:${reply.code}` : reply.is };
}

/** A question is of no use after its answer has ceased to count. */
function relevantUntil({ is }: Reply, heardAt: Instant): Instant | null {
  if (is === 'asked') return heardAt + ASKING_MINUTES * MINUTE;
  return is === 'confirm' || is === 'choice' ? heardAt + CODE_MINUTES * MINUTE : null;
}

/** Words of a person for the vault, and the reference an event may hold. */
export function keepWords({ deps }: Turn, kind: string, words: string): { readonly ref: TextRef; readonly text: VaultText } {
  const id = deps.ids.next();
  const salt = deps.digest.of(`${id}:${deps.ids.next()}`);
  const commitment = deps.digest.of(salt + words);
  return { ref: { id, commitment }, text: { id, kind, salt, body: words, commitment } };
}
