/** The robot in a group and towards one person. Nobody can be called by a mention here: none is known (dossier 6.4, 6.5). */
import { z } from 'zod';
import type { Message } from '../../../../core/notices/message';
import type { Address, Channel, Frozen, SendResult } from '../../../../ports/platform';
import { road } from '../../../wire/ends';
import { paperWords } from '../../../wire/paperWords';
import { textBody, textParts } from '../encode';
import { sendNotice } from '../notice';
import { endOf, type GovParts, limitsOf } from '../parts';
import { freeze, thaw } from '../piece';
import type { Field } from '../sign';
import { piecesForRoom } from './inRoom';
import { answerBySession } from './session';

/** Ids of the robot's two channels. */
export const GROUP = 'govding.group';
export const SINGLE = 'govding.single';

const Sent = z.looseObject({ msgId: z.union([z.string(), z.number()]).transform(String).optional() });

type End = Exclude<SendResult, { is: 'accepted' }>;
type Target = { readonly path: string; readonly fields: readonly Field[] } | End;

/** Address: the room id, so that no row holds the token. Repeats show twice. */
export function createRobotGroup(parts: GovParts): Channel {
  return {
    ...robot(parts, {
      id: GROUP,
      capability: 'robot.group',
      split: (message) => piecesForRoom(parts, message),
      targetOf: async ({ address }) => toGroup(parts, address),
    }),
    ...recallBy(parts, GROUP, '/robot/message/batchrecallgroup', 'msgIdList'),
  };
}

/** Address: the person id, or the account of somebody who wrote to the robot and is nobody of ours. Repeats show twice. */
export function createRobotSingle(parts: GovParts): Channel {
  return {
    ...robot(parts, {
      id: SINGLE,
      capability: 'robot.single',
      split: (message) => textParts(message).map((say) => freeze({ say })),
      targetOf: ({ address }, stop) => toPerson(parts, address, stop),
    }),
    ...recallBy(parts, SINGLE, '/robot/message/batchrecalloto', 'msgIds'),
  };
}

function toGroup({ binding }: GovParts, address: string): Target {
  const room = binding.rooms[address];
  if (room?.robotToken === undefined) return { is: 'refused', code: 'no_robot', fault: 'receiver' };
  const { chatId, robotToken } = room;
  return {
    path: '/robot/message/sendgroup',
    fields: [
      ['chatId', chatId],
      ['token', robotToken],
    ],
  };
}

async function toPerson({ accounts }: GovParts, address: string, stop: AbortSignal): Promise<Target> {
  const path = '/robot/message/sendoto';
  const account = await accounts.accountIdOf(address, stop);
  if (account.is === 'found') return { path, fields: [['accountId', account.value]] };
  if (account.is === 'unknown') return road('account_unread');
  if (account.is !== 'nobody') return account;
  return /^\d+$/.test(address) ? { path, fields: [['accountId', address]] } : { is: 'refused', code: 'no_account', fault: 'receiver' };
}

interface Kind {
  readonly id: string;
  readonly capability: 'robot.group' | 'robot.single';
  split(message: Message): readonly Frozen[];
  targetOf(to: Address, stop: AbortSignal): Promise<Target>;
}

function robot(parts: GovParts, { id, capability, split, targetOf }: Kind): Omit<Channel, 'recall'> {
  return {
    id,
    via: 'http',
    pages: false,
    idempotent: null,
    limits: limitsOf(parts.binding),
    split,
    attach: (paper) => freeze({ say: paperWords(paper.name) }),
    async send(frozen, to, key, stop) {
      const piece = thaw(frozen);
      if (piece === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      if (piece.notify !== undefined) return sendNotice(parts, { people: piece.notify, words: piece.say, key }, stop);
      const answered = await answerBySession(parts, piece.say, to.ticket, stop);
      if (answered !== null) return answered;
      if (!parts.features.may(capability)) return { is: 'refused', code: 'switched_off', fault: 'capability' };
      const target = await targetOf(to, stop);
      if ('is' in target) return target;
      return post(parts, { id, capability }, { ...target, words: piece.say }, stop);
    },
  };
}

async function post(
  parts: GovParts,
  { id, capability }: Pick<Kind, 'id' | 'capability'>,
  { path, fields, words }: { readonly path: string; readonly fields: readonly Field[]; readonly words: string },
  stop: AbortSignal,
): Promise<SendResult> {
  const { binding, api } = parts;
  const common: readonly Field[] = [
    ['appKey', binding.appKey],
    ['tenantId', binding.tenantId],
    ['msgType', 'text'],
    ['msgBody', binding.robotBody === 'message' ? textBody(words) : JSON.stringify({ content: words })],
  ];
  const reading = await api({ path, fields: [...common, ...fields] }, stop);
  if (reading.is !== 'done') return endOf(parts, id, capability, reading);
  const sent = Sent.safeParse(reading.data);
  const msgId = sent.success ? sent.data.msgId : undefined;
  const chatId = fields.find(([name]) => name === 'chatId')?.[1] ?? '';
  return { is: 'accepted', ...(msgId === undefined ? {} : { ref: `${msgId} ${chatId}`.trim() }) };
}

/** Only where an office has tried it: until when a message can be taken back is not known. */
function recallBy(parts: GovParts, id: string, path: string, listName: string): Pick<Channel, 'recall'> {
  const { binding, api, features } = parts;
  if (!features.may('robot.recall')) return {};
  return {
    async recall(ref, stop) {
      const [msgId = '', chatId = ''] = ref.split(' ');
      const fields: readonly Field[] = [
        ['appKey', binding.appKey],
        ['tenantId', binding.tenantId],
        ['chatId', chatId],
        [listName, msgId],
      ];
      const reading = await api({ path, fields }, stop);
      return reading.is === 'done' ? { is: 'accepted' } : endOf(parts, id, 'robot.recall', reading);
    },
  };
}
