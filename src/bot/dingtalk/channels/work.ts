/** Work notifications of the app (dossier 3.8): one person, taken at once and delivered later, so the result has to be asked for. */
import { z } from 'zod';
import type { Cleared } from '../../../core/privacy/clear';
import type { Channel, Receipt, SendResult } from '../../../ports/platform';
import { paperWords } from '../../wire/paperWords';
import { worded } from '../../wire/worded';
import { createBatches, type Ends, type Those } from '../batch';
import { isPage } from '../encode/dress';
import { fitLines } from '../encode/fit';
import { linesIn, previewOf } from '../encode/words';
import { readReference, referenceOf } from '../reference';
import { type ChannelParts, NO_ACCOUNT, NO_RECALL, SHARED, saidOf } from './parts';

export const WORK = 'dingtalk.work';
const MAX_MESSAGE_BYTES = 2048;
const PEOPLE_AT_ONCE = 100;
const DAY_MS = 24 * 3_600_000;
/** The same content to the same person is shown once a day (dossier 3.8); what is near midnight is not relied on. */
const KNOWN_FOR_MS = 3_600_000;
const PATH = 'topapi/message/corpconversation';

const Task = z.looseObject({ task_id: z.union([z.number(), z.string()]).transform(String).optional().catch(undefined) });
const Ids = z.array(z.string()).catch([]);
const Result = z.looseObject({
  send_result: z
    .looseObject({
      invalid_user_id_list: Ids,
      forbidden_user_id_list: Ids,
      failed_user_id_list: Ids,
      read_user_id_list: Ids,
      unread_user_id_list: Ids,
      forbidden_list: z.array(z.looseObject({ code: z.union([z.number(), z.string()]).transform(String), userid: z.string() })).catch([]),
    })
    .catch({
      invalid_user_id_list: [],
      forbidden_user_id_list: [],
      failed_user_id_list: [],
      read_user_id_list: [],
      unread_user_id_list: [],
      forbidden_list: [],
    }),
});

/** Address: the person id. The moment stands in every text, because the same text twice in a day is swallowed without a word. */
export function createWork(parts: ChannelParts): Channel {
  const { accounts, deps } = parts;
  const batches = createBatches(deps.pace, PEOPLE_AT_ONCE, (body, those, urgent, stop) => sendTo(parts, body, those, urgent, stop));
  const split = (message: Cleared) => bodiesOf(message, timeOf(deps.clock.now())).map((msg) => ({ body: JSON.stringify(msg) }));
  return {
    id: WORK,
    via: 'http',
    pages: false,
    idempotent: { by: 'body', forMs: KNOWN_FOR_MS },
    limits: [
      { perMs: 60_000, max: 30, reserve: 5 },
      { perMs: DAY_MS, max: 500, reserve: 50 },
    ],
    split,
    dress: (message, face) => split(worded(message, face, isPage)),
    attach: (paper) => ({
      body: JSON.stringify({ msgtype: 'text', text: { content: `${paperWords(paper.name)}（${timeOf(deps.clock.now())}）` } }),
    }),
    async send(frozen, to, _key, stop) {
      const userid = accounts.useridOf(to.address);
      return userid === null ? NO_ACCOUNT : batches(frozen.body, { userid, urgent: to.urgent === true }, stop);
    },
    recall: (ref, stop) => recall(parts, ref, stop),
    receipt: (ref, stop) => parts.asking(ref, () => resultOf(parts, ref, stop)),
  };
}

type Body = Readonly<Record<string, unknown>>;

function bodiesOf(message: Cleared, time: string): readonly Body[] {
  const title = previewOf(message);
  const make = (text: string): Body => ({ msgtype: 'markdown', markdown: { title, text: `${text}\n\n（${time}）` } });
  return fitLines(linesIn('markdown', message, true), MAX_MESSAGE_BYTES, (text) => JSON.stringify(make(text))).map(make);
}

/** The second of the day in Shanghai. */
function timeOf(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(11, 19);
}

async function sendTo(
  parts: ChannelParts,
  msg: string,
  { take, share }: Those,
  urgent: boolean,
  stop: AbortSignal,
): Promise<Ends | SendResult> {
  let userids: readonly string[] = [];
  const late = () => {
    userids = take();
    return { agent_id: parts.binding.agentId, userid_list: userids.join(','), msg: Fields.parse(JSON.parse(msg)) };
  };
  const reading = await parts.paced({ host: 'old', path: `${PATH}/asyncsend_v2`, late, share, urgent }, stop);
  const said = saidOf(reading, parts, WORK, ({ code }) => parts.features.lacks('work', code));
  if (said.is === 'end') return said.result;
  const key = Task.parse(said.body).task_id;
  const ref = (to: string) => (key === undefined ? {} : { ref: referenceOf({ to, people: userids.length, key }) });
  return new Map(userids.map((userid): [string, SendResult] => [userid, { is: 'accepted', ...ref(userid) }]));
}

const Fields = z.record(z.string(), z.unknown());

/** Success was answered although it may have been dropped: only here it shows (dossier 3.8). */
async function resultOf(parts: ChannelParts, ref: string, stop: AbortSignal): Promise<Receipt | null> {
  const at = readReference(ref);
  if (at === null) return null;
  const body = { agent_id: parts.binding.agentId, task_id: Number(at.key) };
  const reading = await parts.paced({ host: 'old', path: `${PATH}/getsendresult`, body, urgent: true }, stop);
  if (reading.is !== 'answer') return null;
  const result = Result.parse(reading.body).send_result;
  const forbidden = result.forbidden_list.find(({ userid }) => userid === at.to);
  if (forbidden !== undefined) return { is: 'refused', code: forbidden.code };
  if (result.invalid_user_id_list.includes(at.to)) return { is: 'refused', code: 'invalid_user' };
  if ([...result.failed_user_id_list, ...result.forbidden_user_id_list].includes(at.to)) return { is: 'refused', code: 'not_delivered' };
  return result.read_user_id_list.includes(at.to) ? { is: 'delivered', how: 'read' } : { is: 'pending' };
}

async function recall(parts: ChannelParts, ref: string, stop: AbortSignal): Promise<SendResult> {
  const at = readReference(ref);
  if (at === null) return NO_RECALL;
  if (at.people > 1) return SHARED;
  const body = { agent_id: parts.binding.agentId, msg_task_id: Number(at.key) };
  const said = saidOf(await parts.paced({ host: 'old', path: `${PATH}/recall`, body, urgent: true }, stop), parts, WORK);
  if (said.is === 'yes') return { is: 'accepted' };
  return said.result.is === 'refused' ? { ...said.result, fault: 'capability' } : said.result;
}
