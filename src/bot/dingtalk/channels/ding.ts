/** DING, the platform's strong reminder (dossier 3.5): in the app, as a short message, as a call; the last two are paid from a quota. */
import { z } from 'zod';
import type { LadderPort } from '../../../core/plans/profileSchema';
import type { Cleared } from '../../../core/privacy/clear';
import type { Channel, Receipt, SendResult } from '../../../ports/platform';
import { plainLines } from '../../wire/lines';
import { isDingsFault } from '../codes';
import type { Used } from '../month';
import { createQuota, type Quota } from '../quota';
import { readReference, referenceOf } from '../reference';
import { type ChannelParts, NO_ACCOUNT, NO_RECALL, saidOf } from './parts';

/** One way of reminding, and the port of the ladder that it serves. */
interface Kind {
  readonly id: string;
  readonly remindType: 1 | 2 | 3;
  readonly serves: LadderPort;
  /** Bought by the month under this name, so used only where the office has said so; absent for what costs nothing. */
  readonly paid?: 'sms' | 'phone';
}

const KINDS: readonly Kind[] = [
  { id: 'dingtalk.ding', remindType: 1, serves: 'strong_reminder' },
  { id: 'dingtalk.ding.sms', remindType: 2, serves: 'sms', paid: 'sms' },
  { id: 'dingtalk.ding.phone', remindType: 3, serves: 'voice', paid: 'phone' },
];
const IN_APP = 1;
const USED_UP: SendResult = { is: 'refused', code: 'quota', fault: 'capability' };

/** A short message of four parts; a call that is read out in half a minute. */
const MAX_SIGNS = 200;
/** A quota may be bought anew in the middle of the month: asked for again after so long. */
const QUOTA_PAUSE_MS = 3_600_000;

const Sent = z.looseObject({
  openDingId: z.string().min(1).optional().catch(undefined),
  failedList: z.record(z.string(), z.unknown()).catch({}).optional(),
});
const Read = z.looseObject({
  robotDingReadInfoList: z.array(z.looseObject({ userId: z.string(), readStatus: z.string().catch('') })).catch([]),
});

/** The kinds this organisation has. */
export function createDings(parts: ChannelParts): readonly Channel[] {
  return kindsOf(parts).map((kind) => createDing(parts, kind));
}

/** Which of them serves which port of the ladder. */
export function dingServes(parts: Pick<ChannelParts, 'features' | 'binding'>): Readonly<Partial<Record<LadderPort, string>>> {
  return Object.fromEntries(kindsOf(parts).map(({ serves, id }) => [serves, id]));
}

function kindsOf({ features, binding }: Pick<ChannelParts, 'features' | 'binding'>): readonly Kind[] {
  const isBought = (paid: 'sms' | 'phone') => binding.capabilities?.[`ding.${paid}`] !== undefined && features.may(`ding.${paid}`);
  return features.may('ding') ? KINDS.filter(({ paid }) => paid === undefined || isBought(paid)) : [];
}

/** Address: the person id. Frozen: the words alone. A repeat rings again. What is used up is refused at once, so that another way is taken. */
function createDing(parts: ChannelParts, kind: Kind): Channel {
  const { accounts, deps } = parts;
  const quota = quotaOf(parts, kind);
  let emptyUntil = Number.NEGATIVE_INFINITY;
  return {
    id: kind.id,
    via: 'http',
    pages: true,
    idempotent: null,
    limits: [{ perMs: 60_000, max: kind.remindType === IN_APP ? 4 : 2, reserve: 0 }],
    split: (message) => [{ body: spoken(message) }],
    async send(frozen, to, _key, stop) {
      const userid = accounts.useridOf(to.address);
      if (userid === null) return NO_ACCOUNT;
      if (deps.clock.now() < emptyUntil) return USED_UP;
      const once = () =>
        ring(parts, kind, { userid, content: frozen.body }, stop, () => {
          emptyUntil = deps.clock.now() + QUOTA_PAUSE_MS;
        });
      return quota === null ? once() : within(quota, once);
    },
    recall: (ref, stop) => recall(parts, kind, ref, stop),
    receipt: (ref, stop) => parts.asking(ref, () => readState(parts, ref, stop)),
  };
}

/** Counted over all who use this organisation's app; null for what costs nothing. */
function quotaOf({ binding, deps }: ChannelParts, { paid, serves }: Kind): Quota | null {
  if (paid === undefined) return null;
  const { clock, log, meter } = deps;
  const passed = (percent: number, used: Used) => deps.allowance?.({ platform: binding.tenant, port: serves, percent, ...used });
  return createQuota({ name: `dingtalk:${binding.corpId}:ding.${paid}`, allowed: binding.monthlyDings[paid], clock, log, meter, passed });
}

/** One of the month's, which keeps it where it certainly rang nobody. */
async function within(quota: Quota, once: () => Promise<SendResult>): Promise<SendResult> {
  const taken = await quota.take();
  if (taken === null) return USED_UP;
  const result = await once();
  if (result.is === 'refused' || result.is === 'road') await taken.back();
  return result;
}

interface Ring {
  readonly userid: string;
  readonly content: string;
}

async function ring(
  parts: ChannelParts,
  { id, remindType }: Kind,
  { userid, content }: Ring,
  stop: AbortSignal,
  empty: () => void,
): Promise<SendResult> {
  const body = { robotCode: parts.binding.robotCode, remindType, receiverUserIdList: [userid], content };
  const reading = await parts.paced({ host: 'now', path: 'v1.0/robot/ding/send', body, urgent: true }, stop);
  let isUsedUp = false;
  const said = saidOf(reading, parts, id, ({ code }) => {
    isUsedUp = isDingsFault(code);
    if (isUsedUp) empty();
    parts.features.lacks('ding', code);
  });
  if (said.is === 'end') return isUsedUp ? USED_UP : said.result;
  const { openDingId: key, failedList = {} } = Sent.parse(said.body);
  if (userid in failedList) return { is: 'refused', code: 'ding_failed', fault: 'receiver' };
  return { is: 'accepted', ...(key === undefined ? {} : { ref: referenceOf({ to: userid, people: 1, key }) }) };
}

/** What has rung on a telephone cannot be taken back. */
async function recall(parts: ChannelParts, { id, remindType }: Kind, ref: string, stop: AbortSignal): Promise<SendResult> {
  const at = readReference(ref);
  if (at === null || remindType !== IN_APP) return NO_RECALL;
  const body = { robotCode: parts.binding.robotCode, openDingId: at.key };
  const said = saidOf(await parts.paced({ host: 'now', path: 'v1.0/robot/ding/recall', body, urgent: true }, stop), parts, id);
  if (said.is === 'yes') return { is: 'accepted' };
  return said.result.is === 'refused' ? { ...said.result, fault: 'capability' } : said.result;
}

async function readState(parts: ChannelParts, ref: string, stop: AbortSignal): Promise<Receipt | null> {
  const at = readReference(ref);
  if (at === null) return null;
  const body = { robotCode: parts.binding.robotCode, openDingId: at.key };
  const reading = await parts.paced({ host: 'now', path: 'v1.0/robot/ding/readStatuses/query', body, urgent: false }, stop);
  if (reading.is !== 'answer') return null;
  const mine = Read.parse(reading.body).robotDingReadInfoList.find(({ userId }) => userId === at.to);
  return mine?.readStatus === 'READ' ? { is: 'delivered', how: 'read' } : { is: 'pending' };
}

/** One run of words, as it is shown on a locked telephone or read out. */
function spoken(message: Cleared): string {
  const { title, body } = plainLines(message);
  const signs = [...[title, ...body].join('；').replace(/\s+/g, ' ').trim()];
  return signs.length <= MAX_SIGNS ? signs.join('') || '…' : `${signs.slice(0, MAX_SIGNS - 1).join('')}…`;
}
