/** The robot in a group and towards one person. Nobody can be called by a mention here: none is known (dossier 6.4, 6.5). */
import { z } from 'zod';
import type { Address, Channel, SendResult } from '../../../../ports/platform';
import { road } from '../../../wire/ends';
import { paperWords } from '../../../wire/paperWords';
import { textBody, textParts } from '../encode';
import { endOf, type GovParts } from '../parts';
import type { Field } from '../sign';
import { answerBySession } from './session';

/** Ids of the robot's two channels. */
export const GROUP = 'govding.group';
export const SINGLE = 'govding.single';

/** No limit is written anywhere; the robot keeps to that of the public edition (dossier 3.2). */
const LIMITS = [{ perMs: 60_000, max: 20, reserve: 5 }] as const;
const Sent = z.looseObject({ msgId: z.union([z.string(), z.number()]).transform(String).optional() });

type End = Exclude<SendResult, { is: 'accepted' }>;
type Target = { readonly path: string; readonly fields: readonly Field[] } | End;

/** Address: the room id, so that no row holds the token. Repeats show twice. */
export function createRobotGroup(parts: GovParts): Channel {
  return {
    ...robot(parts, GROUP, 'robot.group', async ({ address }) => {
      const room = parts.binding.rooms[address];
      if (room?.robotToken === undefined) return { is: 'refused', code: 'no_robot', fault: 'receiver' };
      return {
        path: '/robot/message/sendgroup',
        fields: [
          ['chatId', room.chatId],
          ['token', room.robotToken],
        ],
      };
    }),
    ...recallBy(parts, GROUP, '/robot/message/batchrecallgroup', 'msgIdList'),
  };
}

/** Address: the person id, or the account of somebody who wrote to the robot and is nobody of ours. Repeats show twice. */
export function createRobotSingle(parts: GovParts): Channel {
  return {
    ...robot(parts, SINGLE, 'robot.single', async ({ address }, stop) => {
      const account = await parts.accounts.accountIdOf(address, stop);
      if (account.is === 'found') return { path: '/robot/message/sendoto', fields: [['accountId', account.value]] };
      if (account.is === 'unknown') return road('account_unread');
      if (account.is !== 'nobody') return account;
      if (!/^\d+$/.test(address)) return { is: 'refused', code: 'no_account', fault: 'receiver' };
      return { path: '/robot/message/sendoto', fields: [['accountId', address]] };
    }),
    ...recallBy(parts, SINGLE, '/robot/message/batchrecalloto', 'msgIds'),
  };
}

function robot(
  parts: GovParts,
  id: string,
  capability: 'robot.group' | 'robot.single',
  targetOf: (to: Address, stop: AbortSignal) => Promise<Target>,
): Omit<Channel, 'recall'> {
  return {
    id,
    via: 'http',
    pages: false,
    idempotent: null,
    limits: LIMITS,
    split: (message) => textParts(message).map((body) => ({ body })),
    attach: (paper) => ({ body: paperWords(paper.name) }),
    async send({ body: words }, to, _key, stop) {
      const answered = await answerBySession(parts, words, to.ticket, stop);
      if (answered !== null) return answered;
      if (!parts.features.may(capability)) return { is: 'refused', code: 'switched_off', fault: 'capability' };
      const target = await targetOf(to, stop);
      if ('is' in target) return target;
      return post(parts, { id, capability }, { ...target, words }, stop);
    },
  };
}

async function post(
  parts: GovParts,
  { id, capability }: { readonly id: string; readonly capability: 'robot.group' | 'robot.single' },
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
  const ref = sent.success ? sent.data.msgId : undefined;
  return { is: 'accepted', ...(ref === undefined ? {} : { ref }) };
}

/** Only where an office has tried it: until when a message can be taken back is not known. */
function recallBy(parts: GovParts, id: string, path: string, listName: string): Pick<Channel, 'recall'> {
  const { binding, api, features } = parts;
  if (!features.may('robot.recall')) return {};
  return {
    async recall(ref, stop) {
      const fields: readonly Field[] = [
        ['appKey', binding.appKey],
        ['tenantId', binding.tenantId],
        [listName, ref],
      ];
      const reading = await api({ path, fields }, stop);
      return reading.is === 'done' ? { is: 'accepted' } : endOf(parts, id, 'robot.recall', reading);
    },
  };
}
