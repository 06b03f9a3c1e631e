/** Work notices: the surest way to one person, and repeats are recognised by the platform (dossier 6.4). */
import type { Channel, SendResult } from '../../../../ports/platform';
import { paperWords } from '../../../wire/paperWords';
import { textParts } from '../encode';
import { sendNotice, stampOf } from '../notice';
import { endOf, type GovParts } from '../parts';
import { freeze, thaw } from '../piece';

/** Id of the channel of work notices. */
export const WORK = 'govding.work';

/** How long the platform knows a repeat is not written anywhere; ours come within seconds. */
const KNOWS_A_REPEAT_MS = 600_000;

/** Address: the person id. At most 100 a day reach one person; more would be swallowed in silence. */
export function createWork(parts: GovParts): Channel {
  const { features } = parts;
  return {
    id: WORK,
    via: 'http',
    pages: false,
    idempotent: { by: 'key', forMs: KNOWS_A_REPEAT_MS },
    limits: [
      { perMs: 60_000, max: 30, reserve: 5 },
      { perMs: 86_400_000, max: 100, reserve: 20 },
    ],
    split: (message) => textParts(message, stampOf(parts)).map((say) => freeze({ say })),
    attach: (paper) => freeze({ say: `${paperWords(paper.name)}${stampOf(parts)}` }),
    async send(frozen, to, key, stop) {
      const piece = thaw(frozen);
      if (piece === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      return sendNotice(parts, { people: [to.address], words: piece.say, key }, stop);
    },
    ...(features.may('work.recall') ? { recall: (ref: string, stop: AbortSignal) => recall(parts, ref, stop) } : {}),
  };
}

/** By the name we gave the notice. Whether there is a time after which it is too late is not known. */
async function recall(parts: GovParts, ref: string, stop: AbortSignal): Promise<SendResult> {
  const { binding, api } = parts;
  const fields = [
    ['msgType', 'workNotification'],
    ['msgApp', binding.msgApp ?? ''],
    ['tenantId', binding.tenantId],
    ['bizMsgId', ref],
  ] as const;
  const reading = await api({ path: '/message/revoke', fields }, stop);
  return reading.is === 'done' ? { is: 'accepted' } : endOf(parts, WORK, 'work.recall', reading);
}
