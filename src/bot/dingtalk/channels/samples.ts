/** Messages of the robot through the server API, to groups and to single people, and what becomes of them (dossier 3.3, 3.4). */
import { z } from 'zod';
import type { Receipt, SendResult } from '../../../ports/platform';
import { createBatches, type Ends } from '../batch';
import type { Sample } from '../encode/sample';
import { readReference, referenceOf } from '../reference';
import { type ChannelParts, NO_RECALL, SHARED, saidOf } from './parts';

const Key = z.looseObject({ processQueryKey: z.string().min(1).optional().catch(undefined) });
const Ids = z.array(z.string()).catch([]);
const Sent = Key.extend({ invalidStaffIdList: Ids.optional(), flowControlledStaffIdList: Ids.optional() });
const Recalled = z.looseObject({ failedResult: z.record(z.string(), z.unknown()).catch({}).optional() });
const Read = z.looseObject({
  messageReadInfoList: z.array(z.looseObject({ userId: z.string(), readStatus: z.string().catch('') })).catch([]),
});

const PEOPLE_AT_ONCE = 20;
/** One answer tells of all who shared the call: it serves those who ask for the others right after. */
const FRESH_MS = 5_000;
type Readers = z.infer<typeof Read>['messageReadInfoList'];
/** A person who is sent too much gets the same again later (dossier 7). */
const FLOW_WAIT_MS = 60_000;

/** Where a message of the robot goes. */
export interface To {
  readonly address: string;
  readonly urgent: boolean;
}

export interface Samples {
  send(sample: Sample, to: To, stop: AbortSignal): Promise<SendResult>;
  recall(ref: string, stop: AbortSignal): Promise<SendResult>;
  /** Absent for groups: who read it there says nothing of who was meant, and every question is a call of the month’s budget. */
  receipt?(ref: string, stop: AbortSignal): Promise<Receipt | null>;
}

/** To groups; the address is the group’s open conversation id. */
export function createGroupSamples(parts: ChannelParts, channel: string): Samples {
  const { binding, paced } = parts;
  const robotCode = binding.robotCode;
  return {
    async send({ msgKey, msgParam }, { address, urgent }, stop) {
      const body = { robotCode, openConversationId: address, msgKey, msgParam };
      const reading = await paced({ host: 'now', path: 'v1.0/robot/groupMessages/send', body, urgent }, stop);
      const said = saidOf(reading, parts, channel, ({ code }) => parts.features.lacks('robot.group', code));
      if (said.is === 'end') return said.result;
      const key = Key.parse(said.body).processQueryKey;
      return { is: 'accepted', ...(key === undefined ? {} : { ref: referenceOf({ to: address, people: 1, key }) }) };
    },
    recall: (ref, stop) =>
      recall(parts, ref, stop, ({ to }) => ({ path: 'v1.0/robot/groupMessages/recall', more: { openConversationId: to } })),
  };
}

/** To single people; the address is the userid. Those who are sent the same at the same time share a call. */
export function createSingleSamples(parts: ChannelParts, channel: string): Samples {
  const { binding, paced, deps } = parts;
  const robotCode = binding.robotCode;
  const batches = createBatches(deps.pace, PEOPLE_AT_ONCE, async (sample, { take, share }, urgent, stop) => {
    let userIds: readonly string[] = [];
    const late = () => {
      userIds = take();
      return { robotCode, userIds, ...Fields.parse(JSON.parse(sample)) };
    };
    const reading = await paced({ host: 'now', path: 'v1.0/robot/oToMessages/batchSend', late, share, urgent }, stop);
    const said = saidOf(reading, parts, channel, ({ code }) => parts.features.lacks('robot.single', code));
    return said.is === 'end' ? said.result : endsOf(said.body, userIds);
  });
  const known = new Map<string, { readonly at: number; readonly readers: Promise<Readers | null> }>();
  const readersOf = (key: string, stop: AbortSignal): Promise<Readers | null> => {
    const now = deps.clock.now();
    const had = known.get(key);
    if (had !== undefined && now - had.at < FRESH_MS) return had.readers;
    for (const [old, { at }] of known) if (now - at >= FRESH_MS) known.delete(old);
    const query = { robotCode, processQueryKey: key };
    const readers = paced({ host: 'now', path: 'v1.0/robot/oToMessages/readStatus', query, urgent: false }, stop).then((reading) =>
      reading.is === 'answer' ? Read.parse(reading.body).messageReadInfoList : null,
    );
    known.set(key, { at: now, readers });
    return readers;
  };
  return {
    send: (sample, { address, urgent }, stop) => batches(JSON.stringify(sample), { userid: address, urgent }, stop),
    recall: (ref, stop) => recall(parts, ref, stop, () => ({ path: 'v1.0/robot/otoMessages/batchRecall', more: {} })),
    receipt: (ref, stop) =>
      parts.asking(ref, async () => {
        const at = readReference(ref);
        if (at === null) return null;
        const readers = await readersOf(at.key, stop);
        if (readers === null) return null;
        const mine = readers.find(({ userId }) => userId === at.to);
        return mine?.readStatus === 'READ' ? { is: 'delivered', how: 'read' } : { is: 'pending' };
      }),
  };
}

const Fields = z.record(z.string(), z.unknown());

/** A yes may still name people who got nothing (dossier 3.3). */
function endsOf(body: Readonly<Record<string, unknown>>, userids: readonly string[]): Ends {
  const { processQueryKey: key, invalidStaffIdList = [], flowControlledStaffIdList = [] } = Sent.parse(body);
  const lost = new Set(invalidStaffIdList);
  const slowed = new Set(flowControlledStaffIdList);
  const people = userids.filter((userid) => !lost.has(userid) && !slowed.has(userid)).length;
  const endOf = (userid: string): SendResult => {
    if (lost.has(userid)) return { is: 'refused', code: 'invalid_staff', fault: 'receiver' };
    if (slowed.has(userid)) return { is: 'road', code: 'flow_controlled', blocks: 'outlet', waitMs: FLOW_WAIT_MS };
    return { is: 'accepted', ...(key === undefined ? {} : { ref: referenceOf({ to: userid, people, key }) }) };
  };
  return new Map(userids.map((userid) => [userid, endOf(userid)]));
}

type Way = (at: { readonly to: string }) => { readonly path: string; readonly more: Readonly<Record<string, string>> };

/** The platform’s yes names what it could not take back (dossier 3.4). */
async function recall(parts: ChannelParts, ref: string, stop: AbortSignal, way: Way): Promise<SendResult> {
  const at = readReference(ref);
  if (at === null || !parts.features.may('robot.recall')) return NO_RECALL;
  if (at.people > 1) return SHARED;
  const { path, more } = way(at);
  const body = { robotCode: parts.binding.robotCode, processQueryKeys: [at.key], ...more };
  const said = saidOf(await parts.paced({ host: 'now', path, body, urgent: true }, stop), parts, 'dingtalk.recall');
  if (said.is === 'end') return said.result.is === 'refused' ? { ...said.result, fault: 'capability' } : said.result;
  const failed = Recalled.parse(said.body).failedResult ?? {};
  return at.key in failed ? { is: 'refused', code: 'recall_failed', fault: 'capability' } : { is: 'accepted' };
}
