/** The robot's conversations over the long connection: answers where a ticket lives, updates a pressed card, else pushes (dossier 2.9, 2.10). */
import type { Cleared } from '../../../core/privacy/clear';
import type { Address, Channel, SendResult, Ticket } from '../../../ports/platform';
import type { Accounts } from '../accounts';
import { type Call, freeze, messageOf, thaw, withUpdate } from '../call';
import { reactionTo } from '../codes';
import type { RobotConnection } from '../connection';
import type { WecomDeps } from '../deps';
import { buttonCards, fitsCard, pressedCard, ROBOT_CARD, taskIdOf } from '../encode/card';
import { markdownParts } from '../encode/markdown';
import { resultOfCode, road } from '../results';
import type { FrameEnd } from '../session';
import { may, type WecomBinding } from '../settings';

const ID = 'wecom.robot';
const GROUP = 2;
const SINGLE = 1;

/** Address: the group's chat id, or the userid of a single chat. Pages nobody. A repeat may show the message twice. */
export function createRobot(binding: WecomBinding, accounts: Accounts, deps: WecomDeps, connection: RobotConnection): Channel {
  const way = { connection, deps };
  const kinds = new Map(Object.values(binding.rooms).map((room) => [room.chatId, GROUP]));
  const kindOf = (address: string) => kinds.get(address) ?? (accounts.personOf(address) === null ? undefined : SINGLE);
  return {
    id: ID,
    via: 'connection',
    pages: false,
    idempotent: null,
    limits: [
      { perMs: 60_000, max: 30, reserve: 5 },
      { perMs: 3_600_000, max: 1000, reserve: 5 },
    ],
    split: (message, to) => callsOf(message, to, binding).map(freeze),
    async send(frozen, to, key, stop) {
      const call = thaw(frozen);
      if (call === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      const message = messageOf(call, (card) => taskIdOf(key, card));
      const direct = await answer(way, call, message, to.ticket, stop);
      if (message === null) return direct?.is === 'road' ? direct : { is: 'accepted' };
      if (direct !== null) return direct;
      const chatType = kindOf(to.address);
      const body = { chatid: to.address, ...(chatType === undefined ? {} : { chat_type: chatType }), ...message };
      return finish(way, await connection.request('aibot_send_msg', body, stop));
    },
  };
}

interface Way {
  readonly connection: RobotConnection;
  readonly deps: WecomDeps;
}

function callsOf(message: Cleared, to: Address, binding: WecomBinding): readonly Call[] {
  const calls = plainCalls(message, may(binding, 'aibot.cards'));
  if (message.pressed === undefined || to.ticket?.kind !== 'robot_event' || !may(binding, 'aibot.cards')) return calls;
  const link = binding.consoleUrl ?? new URL(binding.apiBase).origin;
  return withUpdate(pressedCard(message, link), fitsCard(message, ROBOT_CARD) && message.buttons.length === 0, calls);
}

function plainCalls(message: Cleared, cards: boolean): readonly Call[] {
  const asCards = cards ? buttonCards(message, ROBOT_CARD) : [];
  const texts = asCards.length > 0 && fitsCard(message, ROBOT_CARD) ? [] : markdownParts(message, asCards.length === 0);
  return [
    ...texts.map((content) => ({ message: { msgtype: 'markdown', markdown: { content } } })),
    ...asCards.map((card, at) => ({ message: { msgtype: 'template_card', template_card: card }, card: at + 1 })),
  ];
}

/** The end of a direct answer, or null when there is no living ticket for it and the message has to be pushed. */
async function answer(
  way: Way,
  call: Call,
  message: Readonly<Record<string, unknown>> | null,
  ticket: Ticket | null,
  stop: AbortSignal,
): Promise<SendResult | null> {
  const [cmd, body] = answerOf(call, message, ticket);
  if (ticket === null || cmd === null || !way.connection.claim(ticket)) return null;
  const end = await way.connection.request(cmd, body, stop, ticket.reqId);
  if (end.is === 'not_sent') return null;
  return end.is === 'ack' && mayStillPush(end.code) ? null : finish(way, end);
}

function answerOf(call: Call, message: Readonly<Record<string, unknown>> | null, ticket: Ticket | null): readonly [string | null, unknown] {
  if (ticket?.kind === 'robot_reply' && message !== null) return ['aibot_respond_msg', message];
  if (ticket?.kind !== 'robot_event' || call.update === undefined) return [null, null];
  const card = { ...call.update, ...(ticket.taskId ? { task_id: ticket.taskId } : {}) };
  return ['aibot_respond_update_msg', { response_type: 'update_template_card', userids: [ticket.userid], template_card: card }];
}

/** Too late, or not possible as an answer: the same words can still go as a push. */
function mayStillPush(code: number): boolean {
  const reaction = reactionTo(code);
  return reaction.is === 'late' || (reaction.is === 'refused' && reaction.fault === 'capability');
}

function finish({ connection, deps }: Way, end: FrameEnd): SendResult {
  if (end.is === 'not_sent') return road(end.why);
  if (end.is === 'no_answer') return { is: 'unknown', what: end.why };
  if (end.code === 0) return { is: 'accepted' };
  if (reactionTo(end.code).is === 'reconnect') connection.renew(`answer ${end.code}: not subscribed`);
  return resultOfCode(end.code, end.errmsg, { channel: ID, log: deps.log });
}
