/** From an event of the organisation, pushed or called back, to what the bot hears of it (dossier 1.2, 2.4). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Inbound } from '../../../ports/platform';
import type { DingParts } from '../parts';
import { moment, name } from './fields';
import { accountOf } from './sender';

/** Identity under which events are stored. */
export const EVENT_SOURCE = 'event';

const one = z
  .union([z.string(), z.array(z.string()).transform((ids) => ids[0])])
  .optional()
  .catch(undefined);
/** After both spellings are made one. */
const Event = z.looseObject({
  eventType: name,
  eventId: name,
  eventCorpId: name,
  corpId: name,
  timeStamp: moment,
  eventBornTime: moment,
  chatId: name,
  openConversationId: name,
  operator: name,
  operatorUserId: name,
  userId: one,
});
type Event = z.infer<typeof Event>;

/**
 * The event, of kind `other` named `event:<type>`; `nothing` for one without a person behind it; null for what is no event. `headers` are
 * those of a pushed frame: they name type and identity, which stays the same when it is pushed again.
 */
export function readEvent(data: unknown, parts: DingParts, headers: Readonly<Record<string, unknown>> = {}): Inbound | 'nothing' | null {
  const event = Event.safeParse({ ...lowerCamel(data), ...lowerCamel(headers) });
  if (!event.success || event.data.eventType === undefined) return null;
  const { eventType, eventId, timeStamp, eventBornTime } = event.data;
  const corpId = event.data.eventCorpId ?? event.data.corpId;
  const account = accountOf({ userid: event.data.operator ?? event.data.operatorUserId ?? event.data.userId, corpId }, parts);
  if (account === null) return 'nothing';
  return {
    tenant: parts.binding.tenant,
    source: EVENT_SOURCE,
    dedupeKey: eventId ?? createHash('sha256').update(JSON.stringify(data)).digest('hex'),
    chat: chatOf(event.data, parts) ?? { id: account, kind: 'single' },
    account,
    sentAt: timeStamp ?? eventBornTime ?? null,
    content: { is: 'other', what: `event:${eventType}`.slice(0, 64) },
    ticket: null,
  };
}

/** Called back, an event names its group by the older id alone. */
function chatOf({ openConversationId, chatId }: Event, { binding }: DingParts): Inbound['chat'] | null {
  if (openConversationId !== undefined) return { id: openConversationId, kind: 'group' };
  if (chatId === undefined) return null;
  const bound = Object.values(binding.rooms).find((room) => room.chatId === chatId);
  return { id: bound?.openConversationId ?? chatId, kind: 'group' };
}

/** `EventType` and `eventType` alike. */
function lowerCamel(fields: unknown): Readonly<Record<string, unknown>> {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return {};
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value]));
}
