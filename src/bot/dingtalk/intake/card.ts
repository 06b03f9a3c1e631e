/** From a press on a card to a click (dossier 3.7). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Inbound } from '../../../ports/platform';
import { isPrivateCard } from '../cardId';
import type { DingParts } from '../parts';
import { cardTicket } from '../tickets';
import { name, perhapsText } from './fields';
import { accountOf } from './sender';

/** Identity under which presses are stored. */
export const CARD_SOURCE = 'card';
/** The name of the constant that a button of ours carries its key in; a button without it is known by its id. */
export const KEY_PARAM = 'key';

const Pressed = z.looseObject({
  cardPrivateData: z.looseObject({
    actionIds: z.array(z.string().max(256)).max(16).catch([]),
    params: z.record(z.string().max(256), z.unknown()).catch({}),
  }),
});
/** `content` and `value` say the same. */
const Press = z.looseObject({
  outTrackId: z.string().min(1).max(256),
  userId: z.string().min(1).max(256),
  userIdType: z.union([z.number(), z.string().transform(Number)]).catch(1),
  corpId: name,
  spaceType: z.string().max(64).catch(''),
  spaceId: name,
  content: perhapsText(Pressed).optional().catch(undefined),
  value: perhapsText(Pressed).optional().catch(undefined),
});
type Press = z.infer<typeof Press>;

const BY_UNION = 2;
/** Called back, a press has no identity of its own: the same by the same person within a minute is one. */
const SAME_PRESS_MS = 60_000;

/** The click; null when no button, card or person is named. Whether the person may press is not judged here. `headers` of a pushed frame tell presses apart: no press is documented to be pushed twice. */
export function readCard(data: unknown, parts: DingParts, headers: Readonly<Record<string, unknown>> = {}): Inbound | null {
  const press = Press.safeParse(data);
  const pressed = press.success ? (press.data.content ?? press.data.value)?.cardPrivateData : undefined;
  if (!press.success || pressed === undefined) return null;
  const { outTrackId, userId, userIdType, corpId } = press.data;
  const constant = pressed.params[KEY_PARAM];
  const key = typeof constant === 'string' && constant !== '' ? constant : pressed.actionIds[0];
  const account = accountOf(userIdType === BY_UNION ? { unionid: userId } : { userid: userId, corpId }, parts);
  if (key === undefined || key === '' || key.length > 1024 || account === null) return null;
  const choices = choicesOf(pressed.params);
  const now = parts.deps.clock.now();
  return {
    tenant: parts.binding.tenant,
    source: CARD_SOURCE,
    dedupeKey: digest([outTrackId, account, key, choices, headers.messageId ?? Math.floor(now / SAME_PRESS_MS)]),
    chat: chatOf(press.data, account),
    account,
    sentAt: now,
    content: { is: 'click', key, ...(choices === null ? {} : { choices }) },
    ticket: cardTicket(outTrackId, account),
  };
}

/** A card of ours tells by its id whom it was given to; any other was pressed in the talk with the robot where its place is not a group's. */
function chatOf({ outTrackId, spaceType, spaceId }: Press, account: string): Inbound['chat'] {
  if (isPrivateCard(outTrackId)) return { id: account, kind: 'single' };
  const id = spaceId?.replace(/^dtv1\.card\/\/\w+\./, '');
  const isGroup = id?.startsWith('cid') === true && !/robot/i.test(`${spaceType} ${spaceId}`);
  return isGroup && id !== undefined ? { id, kind: 'group' } : { id: account, kind: 'single' };
}

/** What was filled in, by the name of its field; null for a plain button. */
function choicesOf(params: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly string[]>> | null {
  const filled = Object.entries(params).flatMap(([field, value]) => {
    const chosen = field === KEY_PARAM ? [] : valuesOf(value);
    return chosen.length === 0 ? [] : [[field, chosen] as const];
  });
  return filled.length === 0 ? null : Object.fromEntries(filled);
}

const Option = z.looseObject({ value: z.unknown() });

/** Texts, numbers and lists of them; a chosen option may come as an object with its value. */
function valuesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (Array.isArray(value)) return value.slice(0, 64).flatMap(valuesOf);
  const option = Option.safeParse(value);
  return option.success && option.data.value !== undefined ? valuesOf(option.data.value) : [];
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
