/** What a first report lacks is asked back afterwards, one question at a time, three at most: the report stands meanwhile, answers become 补充. */
import type { ReportFields } from '../../core/report/fields';
import type { InboxOutcome, Prompt } from '../../ports/inbox';
import { act } from '../act';
import { openIncident } from '../opening';
import { answer, type Turn } from '../turn';
import { ask, type Waiting } from './prompt';

const MOST = 3;

interface Wanted {
  readonly field: keyof ReportFields;
  readonly ask: string;
  /** How the answer is labelled, so that it is read as what was asked. */
  readonly label: string;
}

/** What a first report must tell (procedure section 7), the most urgent first. */
const WANTED: readonly Wanted[] = [
  { field: 'district', ask: '在哪个县区？', label: '县区：' },
  { field: 'peopleInvolved', ask: '涉及多少人？有没有人受伤？', label: '涉及人数：' },
  { field: 'occurredAt', ask: '什么时候发生的？', label: '发生时间：' },
  { field: 'place', ask: '具体在什么地点？', label: '地点：' },
  { field: 'measures', ask: '已采取什么措施？', label: '已采取措施：' },
];

/** A report in these words, registered; and the first question where something is missing and nothing else waits for this person's answer here. */
export async function reported(turn: Turn, words: string): Promise<InboxOutcome> {
  const { stream, version, n, fields } = await openIncident(turn, words);
  const missing = WANTED.filter(({ field }) => isMissing(fields[field])).slice(0, MOST);
  if (missing.length > 0 && (await isFree(turn)))
    await askField(turn, { is: 'follow', stream, n, fields: missing.map(({ field }) => field), step: 0 });
  return { state: 'handled', outcome: 'executed', stream, version };
}

function isMissing(found: ReportFields[keyof ReportFields]): boolean {
  return Array.isArray(found) ? found.length === 0 : found === null;
}

/** Machines and strangers are not asked; a code or a choice that waits is not pushed aside. */
async function isFree({ tx, item, place, person, heardAt }: Turn): Promise<boolean> {
  if (person === null || item.chat.kind === 'api') return false;
  const prompt = await tx.openPrompt(place, person);
  return prompt === null || prompt.kind === 'dialogue' || prompt.expiresAt <= heardAt;
}

/** The answer as a supplement; then the next question, where it was taken. */
export async function goOnAsking(turn: Turn, prompt: Prompt, talk: Waiting<'follow'>, said: string): Promise<InboxOutcome> {
  const label = wantedAt(talk)?.label ?? '';
  const done = await act(turn, talk.stream, { verb: 'supplement', rest: `${label}${said}`, call: null, via: 'text', agreedTo: null });
  if (done.outcome !== 'executed' || talk.step + 1 >= talk.fields.length) await turn.tx.closePrompt(prompt.id, 'used');
  else await askField(turn, { ...talk, step: talk.step + 1 });
  return done;
}

/** The next question; after the last one what is missing stays 正在核实. */
export async function askBack(turn: Turn, prompt: Prompt, talk: Waiting<'follow'>): Promise<InboxOutcome> {
  if (talk.step + 1 < talk.fields.length) return askField(turn, { ...talk, step: talk.step + 1 });
  await turn.tx.closePrompt(prompt.id, 'used');
  return answer(turn, { is: 'left', n: talk.n, kept: true });
}

function askField(turn: Turn, talk: Waiting<'follow'>): Promise<InboxOutcome> {
  const title = '已登记，还想问一下';
  const words = wantedAt(talk)?.ask ?? '';
  return ask(turn, talk, { n: talk.n, title, step: talk.step + 1, of: talk.fields.length, ask: words, optional: true, why: null });
}

function wantedAt({ fields, step }: Waiting<'follow'>): Wanted | undefined {
  return WANTED.find(({ field }) => field === fields[step]);
}
