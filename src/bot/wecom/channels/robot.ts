/** The robot's conversations over the long connection: answers where a ticket lives, updates a pressed card, else pushes (dossier 2.9, 2.10). */
import type { Address, Channel, SendResult, Ticket } from '../../../ports/platform';
import { road } from '../../wire/ends';
import { safeName } from '../../wire/papers';
import { paperWords } from '../../wire/paperWords';
import { worded } from '../../wire/worded';
import { type Call, freeze, messageOf, thaw } from '../call';
import { reactionTo } from '../codes';
import { taskIdOf } from '../encode/card';
import { dressedForRobot, isPage } from '../encode/dress';
import { robotCalls } from '../encode/robotCalls';
import { plainInstead } from '../plain';
import { resultOfCode } from '../results';
import type { FrameEnd } from '../session';
import { uploadByRobot } from '../upload';
import { createProgress } from './progress';
import { ROBOT, type RobotParts } from './robotParts';

const GROUP = 2;
const SINGLE = 1;
/** Some deployments push to single chats only (dossier 2.10). */
const NO_GROUP_PUSH = '600039';

type Body = Readonly<Record<string, unknown>>;

/** Address: the group's chat id, or the userid of a single chat. Pages nobody. A repeat may show the message twice. */
export function createRobot(parts: RobotParts): Channel {
  const { binding, features, deps } = parts;
  const sender = createSender(parts);
  return {
    id: ROBOT,
    via: 'connection',
    pages: false,
    idempotent: null,
    limits: [
      { perMs: 60_000, max: 30, reserve: 5 },
      { perMs: 3_600_000, max: 1000, reserve: 5 },
    ],
    split: (message, to) => robotCalls(message, to.ticket, binding, features).map(freeze),
    dress: (message, face, to) =>
      (dressedForRobot(message, face, features) ?? robotCalls(worded(message, face, isPage), to.ticket, binding, features)).map(freeze),
    attach: (paper) =>
      features.may('aibot.files') && deps.papers !== undefined
        ? freeze({ paper: { ...paper, name: safeName(paper.name) } })
        : freeze({ message: { msgtype: 'markdown', markdown: { content: paperWords(paper.name) } } }),
    async send(frozen, to, key, stop) {
      const call = thaw(frozen);
      if (call === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      if (call.paper !== undefined) return sendPaper(parts, sender, call.paper, to, stop);
      const message = messageOf(call, (card) => taskIdOf(key, card));
      const direct = await sender.answer(call, message, to.ticket, stop);
      if (message === null) return direct?.is === 'road' ? direct : { is: 'accepted' };
      const result = direct ?? (await sender.push(message, to, stop));
      return plainInstead(
        call,
        result,
        (code) => features.lacks('aibot.cards', code),
        (body) => sender.push(body, to, stop),
      );
    },
    progress: (to, key) => createProgress(parts, to, key, (message, stop) => sender.push(message, to, stop)),
  };
}

interface Sender {
  /** The end of a direct answer, or null when there is no living ticket for it and the message has to be pushed. */
  answer(call: Call, message: Body | null, ticket: Ticket | null, stop: AbortSignal): Promise<SendResult | null>;
  push(message: Body, to: Address, stop: AbortSignal): Promise<SendResult>;
}

function createSender({ binding, accounts, deps, features, connection }: RobotParts): Sender {
  const kinds = new Map(Object.values(binding.rooms).map((room) => [room.chatId, GROUP]));
  const kindOf = (address: string) => kinds.get(address) ?? (accounts.personOf(address) === null ? undefined : SINGLE);
  const finish = (end: FrameEnd): SendResult => {
    if (end.is === 'not_sent') return road(end.why);
    if (end.is === 'no_answer') return { is: 'unknown', what: end.why };
    if (end.code === 0) return { is: 'accepted' };
    if (reactionTo(end.code).is === 'reconnect') connection.renew(`answer ${end.code}: not subscribed`);
    return resultOfCode(end.code, end.errmsg, { channel: ROBOT, log: deps.log });
  };
  return {
    async answer(call, message, ticket, stop) {
      const [cmd, body] = answerOf(call, message, ticket);
      if (ticket === null || cmd === null || !connection.claim(ticket)) return null;
      const end = await connection.request(cmd, body, stop, ticket.reqId);
      if (end.is === 'not_sent') return null;
      return end.is === 'ack' && mayStillPush(end.code) ? null : finish(end);
    },
    async push(message, to, stop) {
      const chatType = kindOf(to.address);
      const body = { chatid: to.address, ...(chatType === undefined ? {} : { chat_type: chatType }), ...message };
      const result = finish(await connection.request('aibot_send_msg', body, stop));
      if (chatType === GROUP && result.is === 'refused' && result.code === NO_GROUP_PUSH) features.lacks('aibot.groupPush', result.code);
      return result;
    },
  };
}

function answerOf(call: Call, message: Body | null, ticket: Ticket | null): readonly [string | null, unknown] {
  if (ticket?.kind === 'robot_reply' && message !== null) return ['aibot_respond_msg', message];
  if (ticket?.kind === 'robot_welcome' && call.welcome !== undefined) return ['aibot_respond_welcome_msg', call.welcome];
  if (ticket?.kind !== 'robot_event' || call.update === undefined) return [null, null];
  const card = { ...call.update, ...(ticket.taskId ? { task_id: ticket.taskId } : {}) };
  return ['aibot_respond_update_msg', { response_type: 'update_template_card', userids: [ticket.userid], template_card: card }];
}

/** Too late, or not possible as an answer: the same words can still go as a push. */
function mayStillPush(code: number): boolean {
  const reaction = reactionTo(code);
  return reaction.is === 'late' || (reaction.is === 'refused' && reaction.fault === 'capability');
}

async function sendPaper(
  { papers, connection, deps, features }: RobotParts,
  sender: Sender,
  paper: NonNullable<Call['paper']>,
  to: Address,
  stop: AbortSignal,
): Promise<SendResult> {
  const result = await papers.send(
    paper,
    {
      scope: 'robot',
      upload: (name, bytes) => uploadByRobot(connection, name, bytes, deps.log),
      async post(id) {
        const message = { msgtype: 'file', file: { media_id: id } };
        return (await sender.answer({ message }, message, to.ticket, stop)) ?? sender.push(message, to, stop);
      },
    },
    stop,
  );
  if (result.is !== 'refused' || !features.lacks('aibot.files', result.code)) return result;
  return sender.push({ msgtype: 'markdown', markdown: { content: paperWords(paper.name) } }, to, stop);
}
