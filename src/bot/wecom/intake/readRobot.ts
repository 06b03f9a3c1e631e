/** From the body of a robot callback to an inbound message (dossier 2.3 to 2.5). */
import { z } from 'zod';
import type { Inbound, Ticket } from '../../../ports/platform';
import type { Accounts } from '../accounts';

/** Identity under which the robot's messages are stored. */
export const ROBOT_SOURCE = 'robot';

/** A part of another shape than the pages show counts as absent: the message is then of another kind, not lost. */
const Text = z.looseObject({ content: z.string() }).optional().catch(undefined);
const Item = z.looseObject({ msgtype: z.string().catch(''), text: Text });
const Words = z.looseObject({
  msgtype: z.string(),
  text: Text,
  voice: Text,
  mixed: z
    .looseObject({ msg_item: z.array(Item) })
    .optional()
    .catch(undefined),
});
type Words = z.infer<typeof Words>;
const Name = z.string().max(1024).optional().catch(undefined);
const Chosen = z.looseObject({ question_key: z.string(), option_ids: z.looseObject({ option_id: oneOrMany(z.string()) }) });
const Click = z.looseObject({
  event_key: Name,
  eventkey: Name,
  task_id: Name,
  taskid: Name,
  card_type: Name,
  cardtype: Name,
  selected_items: z
    .looseObject({ selected_item: oneOrMany(Chosen) })
    .optional()
    .catch(undefined),
});
const Event = Click.extend({ eventtype: z.string().catch(''), template_card_event: Click.optional().catch(undefined) });

/** What the adapter reads of a callback body; other fields are the platform's own. */
export const RobotBody = Words.extend({
  msgid: z.string().min(1).max(256),
  chatid: z.string().min(1).max(256).optional(),
  chattype: z.string().optional(),
  from: z.looseObject({ userid: z.string().min(1).max(256) }).optional(),
  create_time: z.number().int().positive().max(1e12).optional().catch(undefined),
  response_url: z.string().min(1).max(2048).optional().catch(undefined),
  quote: Words.optional().catch(undefined),
  event: Event.optional().catch(undefined),
});
export type RobotBody = z.infer<typeof RobotBody>;

/** Which frame of which connection brought the message; only that connection can answer it. Or the address that takes one answer. */
export type Origin = { readonly reqId: string; readonly epoch: string } | { readonly responseUrl: string | null; readonly until: string };

/** The message, click or event; null when nobody sent it. Group texts come without the robot's own name; unknown kinds as `other`. */
export function readRobot(
  body: RobotBody,
  origin: Origin,
  about: { tenant: string; robotName: string; accounts: Accounts },
): Inbound | null {
  if (body.from === undefined) return null;
  const account = about.accounts.normalise(body.from.userid);
  const group = body.chatid !== undefined && body.chattype !== 'single';
  return {
    tenant: about.tenant,
    source: ROBOT_SOURCE,
    dedupeKey: body.msgid,
    chat: group ? { id: body.chatid ?? '', kind: 'group' } : { id: account, kind: 'single' },
    account,
    sentAt: body.create_time === undefined ? null : body.create_time * 1000,
    ...(body.msgtype === 'event' ? eventOf(body, origin, body.from.userid) : messageOf(body, origin, group ? about.robotName : null)),
  };
}

function messageOf(body: RobotBody, origin: Origin, robotName: string | null): Pick<Inbound, 'content' | 'ticket'> {
  const text = wordsOf(body);
  const ticket = ticketOf('robot_reply', origin);
  if (text === null) return { content: { is: 'other', what: body.msgtype.slice(0, 64) }, ticket };
  const quote = body.quote === undefined ? null : wordsOf(body.quote);
  return { content: { is: 'text', text: robotName === null ? text : stripMention(text, robotName), quote }, ticket };
}

function eventOf(body: RobotBody, origin: Origin, userid: string): Pick<Inbound, 'content' | 'ticket'> {
  const event = body.event;
  if (event?.eventtype === 'enter_chat')
    return { content: { is: 'entered' }, ticket: 'reqId' in origin ? ticketOf('robot_welcome', origin) : null };
  const click = event?.eventtype === 'template_card_event' ? clickOf(event) : null;
  if (click === null) return { content: { is: 'other', what: `event:${event?.eventtype ?? ''}`.slice(0, 64) }, ticket: null };
  const { key, taskId, cardType, choices } = click;
  const content = { is: 'click' as const, key, ...(choices === null ? {} : { choices }) };
  return { content, ticket: ticketOf('robot_event', origin, { userid, taskId, cardType }) };
}

/** A way to answer by its own frame, or by the address that came with it; null where there is neither. */
function ticketOf(kind: string, origin: Origin, more: Ticket = {}): Ticket | null {
  if ('reqId' in origin) return { kind, ...origin, ...more };
  return origin.responseUrl === null ? null : { kind: 'robot_url', responseUrl: origin.responseUrl, until: origin.until };
}

type Choices = Readonly<Record<string, readonly string[]>>;

interface Pressed {
  readonly key: string;
  readonly taskId: string;
  readonly cardType: string;
  /** What was chosen in a card with questions; null for a plain button. */
  readonly choices: Choices | null;
}

/** Both places and both spellings that the platform's pages show (dossier 2.5). */
function clickOf(event: z.infer<typeof Event>): Pressed | null {
  const [inner, outer] = [event.template_card_event ?? {}, event];
  const key = inner.event_key ?? inner.eventkey ?? outer.event_key ?? outer.eventkey;
  if (key === undefined || key === '') return null;
  const taskId = inner.task_id ?? inner.taskid ?? outer.task_id ?? outer.taskid ?? '';
  const cardType = inner.card_type ?? inner.cardtype ?? outer.card_type ?? outer.cardtype ?? '';
  return { key, taskId, cardType, choices: choicesOf((inner.selected_items ?? outer.selected_items)?.selected_item ?? []) };
}

function choicesOf(chosen: readonly z.infer<typeof Chosen>[]): Choices | null {
  const choices = chosen.map((one) => [one.question_key, one.option_ids.option_id] as const);
  return choices.length === 0 ? null : Object.fromEntries(choices);
}

/** One may stand where a list is meant. */
function oneOrMany<T extends z.ZodType>(one: T) {
  return z.union([z.array(one).max(64), one.transform((value) => [value])]);
}

function wordsOf(words: Words): string | null {
  if (words.msgtype === 'text') return words.text?.content ?? null;
  if (words.msgtype === 'voice') return words.voice?.content ?? null;
  if (words.msgtype !== 'mixed') return null;
  const texts = (words.mixed?.msg_item ?? []).flatMap((item) => (item.msgtype === 'text' && item.text ? [item.text.content] : []));
  return texts.length === 0 ? null : texts.join('\n');
}

/** Takes the robot's whole name with its @ out, wherever it stands; the blank behind it may be any (dossier 2.2). */
function stripMention(text: string, robotName: string): string {
  const escaped = robotName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`@${escaped}(?:\\s|$)`, 'gu'), '').trim();
}
