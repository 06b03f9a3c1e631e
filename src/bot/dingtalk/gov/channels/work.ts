/** Work notices: the surest way to one person, and repeats are recognised by the platform (dossier 6.4). */
import { z } from 'zod';
import type { Channel, SendResult } from '../../../../ports/platform';
import { paperWords } from '../../../wire/paperWords';
import { meaningOf } from '../codes';
import { textBody, textParts } from '../encode';
import { endOf, type GovParts } from '../parts';
import { chinaTime } from '../sign';

/** Id of the channel of work notices. */
export const WORK = 'govding.work';

/** How long the platform knows a repeat is not written anywhere; ours come within seconds. */
const KNOWS_A_REPEAT_MS = 600_000;
/** The same words reach a person once a day only, so each notice ends with its own time of the day. */
const TIME_OF_DAY = [11, 19] as const;

const Sent = z.looseObject({ msgId: z.union([z.string(), z.number()]).optional() });

/** Address: the person id. At most 100 a day reach one person; more would be swallowed in silence. */
export function createWork(parts: GovParts): Channel {
  const { deps, features } = parts;
  const stamp = () => chinaTime(deps.clock.now()).slice(...TIME_OF_DAY);
  return {
    id: WORK,
    via: 'http',
    pages: false,
    idempotent: { by: 'key', forMs: KNOWS_A_REPEAT_MS },
    limits: [
      { perMs: 60_000, max: 30, reserve: 5 },
      { perMs: 86_400_000, max: 100, reserve: 20 },
    ],
    split: (message) => textParts(message, stamp()).map((body) => ({ body })),
    attach: (paper) => ({ body: `${paperWords(paper.name)}\n${stamp()}` }),
    send: (frozen, to, key, stop) => send(parts, { person: to.address, words: frozen.body, key }, stop),
    ...(features.may('work.recall') ? { recall: (ref: string, stop: AbortSignal) => recall(parts, ref, stop) } : {}),
  };
}

interface Notice {
  readonly person: string;
  readonly words: string;
  readonly key: string;
}

async function send(parts: GovParts, { person, words, key }: Notice, stop: AbortSignal): Promise<SendResult> {
  const { binding, accounts, api } = parts;
  const account = await accounts.accountIdOf(person, stop);
  if (account.is === 'nobody') return { is: 'refused', code: 'no_account', fault: 'receiver' };
  // Nothing was sent yet, so a lost answer about the account is a fault of the road.
  if (account.is === 'unknown') return { is: 'road', code: 'account_unread', blocks: 'outlet', waitMs: 2_000 };
  if (account.is !== 'found') return account;
  const fields = [
    ['tenantId', binding.tenantId],
    ['receiverIds', account.value],
    ['bizMsgId', key],
    ['msg', textBody(words)],
  ] as const;
  const reading = await api({ path: '/message/workNotification', fields }, stop);
  if (reading.is === 'denied' && meaningOf(reading) === 'repeat') return { is: 'accepted', ref: key };
  if (reading.is !== 'done') return endOf(parts, WORK, 'work', reading);
  return Sent.safeParse(reading.data).success ? { is: 'accepted', ref: key } : { is: 'unknown', what: 'answer_unreadable' };
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
