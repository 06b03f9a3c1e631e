/** What each kind of work record is opened with, as people type it: to whom, until when, how much, how often, who does what. */
import type { RecordDetails, RecordTo } from '../../core/incident/records/record';
import { type Refusal, refuse } from '../../core/incident/refusal';
import type { Instant } from '../../core/instant';
import type { RecordKind } from '../../core/plans/schema/records';
import { dueSaid } from '../../core/report/dueSaid';
import type { PersonId } from '../../core/roster/roster';
import { addresseeAt, partyAt } from '../arguments/addressee';
import { amountIn, intervalAt } from '../arguments/amount';
import { countyAt } from '../arguments/county';
import { momentIn } from '../arguments/moment';
import { mentionedIn, personAt } from '../arguments/person';
import { firstWord, trimmed } from '../arguments/spaces';
import { labelled } from './labelled';
import type { Said } from './row';

/** A record as it was typed; its words still as words. */
export interface Opening extends Pick<RecordDetails, 'dueAt' | 'every' | 'amount' | 'takenAt' | 'hash' | 'incoming'> {
  readonly is: 'opening';
  readonly words: string;
  readonly parts: Readonly<Record<string, string>>;
  readonly to: RecordTo | null;
  readonly division: readonly { readonly owner: PersonId; readonly what: string; readonly dueAt: Instant }[];
}

/** How the words behind the verb of one kind are read. */
export type OpeningOf = (said: Said) => Opening | Refusal;

function opening(words: string, more: Partial<Opening> = {}): Opening {
  const nothing = { parts: {}, to: null, dueAt: null, every: null, amount: null, takenAt: null, hash: null, incoming: false, division: [] };
  return { is: 'opening', words, ...nothing, ...more };
}

const plain: OpeningOf = ({ rest, turn }) => opening(rest, { dueAt: dueSaid(rest, turn.heardAt) });

/** Refuses only what cannot be read; what is missing the core says. */
export const OPENINGS: Readonly<Record<RecordKind, OpeningOf>> = {
  scheme,
  liaison: (said) => toParty(said, said.rest),
  copy_notice: copyNotice,
  evidence,
  legal_question: toSomebody,
  goods,
  opinion_sheet: ({ rest }) => {
    const { words, parts } = labelled(rest);
    return opening(words, { parts });
  },
  holding_statement: plain,
  targeted_monitoring: monitoring,
  supervision,
  bulletin: ({ rest }) => opening(trimmed(rest.replace(/^(?:编发|印发|发)(?=$|[\s,，:：])/u, ''))),
  proposal: plain,
  conclusion: ({ rest }) => opening(rest),
  document,
  meeting: ({ rest }) => opening(rest),
};

/** Words, then one line for each @: who, what, until when. Refuses `which_person`, `what_required`, `due_required`. */
function scheme({ rest, turn, state }: Said): Opening | Refusal {
  const usage = `#${state.n} 方案〔情况和措施〕 @人〔事项〕18:00前；@人〔事项〕2小时内`;
  const [words = '', ...lines] = rest.split(/[@＠]/u);
  const division: Opening['division'][number][] = [];
  for (const line of lines) {
    const owner = personAt(turn.roster, line, usage);
    if (owner.is === 'refusal') return owner;
    const what = owner.rest.replace(/[\s,，;；。、]+$/u, '');
    if (what === '') return refuse('what_required', '任务须写明要做什么。', usage);
    const dueAt = dueSaid(what, turn.heardAt);
    if (dueAt === null) return refuse('due_required', '每项分工须写明时限。', usage);
    division.push({ owner: owner.person, what, dueAt });
  }
  return opening(words.replace(/[\s,，;；、]+$/u, ''), { division });
}

function toParty(said: Said, rest: string): Opening {
  const party = partyAt(said, rest);
  const words = party?.rest ?? rest;
  return opening(words, { to: party?.to ?? null, dueAt: dueSaid(words, said.turn.heardAt) });
}

function copyNotice(said: Said): Opening {
  const found = addresseeAt(said, said.rest);
  const words = found?.rest ?? said.rest;
  return opening(words, { to: found?.to ?? null, dueAt: dueSaid(words, said.turn.heardAt) });
}

/** A file itself is not taken in a chat; its SHA-256 may be written down. */
function evidence(said: Said): Opening | Refusal {
  const keeper = mentionedIn(said.turn.roster, said.rest, `#${said.state.n} 证据〔何物、如何取得〕〔@保管人〕`);
  if (keeper?.is === 'refusal') return keeper;
  const told = keeper?.rest ?? said.rest;
  if (/^\[?(?:图片|文件|附件|照片|视频)\]?$/u.test(told)) return noUpload();
  const hash = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/iu.exec(told)?.[0] ?? null;
  const words = trimmed((hash === null ? told : told.replace(hash, ' ')).replace(/\s+/gu, ' '));
  return opening(words, {
    to: keeper === null ? null : { kind: 'person', id: keeper.person },
    takenAt: momentIn(words, said.turn.heardAt)?.at ?? null,
    hash: hash === null ? null : hash.toLowerCase(),
  });
}

/** Files and pictures stay out of chats (procedure section 9); their words and hash may be entered. */
export function noUpload(): Refusal {
  return refuse('no_upload', '聊天里不收文件和图片。', '证据〔何物、如何取得〕，文件可写散列值（SHA-256），原件按规定保管');
}

/** Whoever is @-ed anywhere answers it. */
function toSomebody(said: Said): Opening | Refusal {
  const somebody = mentionedIn(said.turn.roster, said.rest, `#${said.state.n} 〔内容〕〔@人〕〔时限〕`);
  if (somebody?.is === 'refusal') return somebody;
  const words = somebody?.rest ?? said.rest;
  return opening(words, {
    to: somebody === null ? null : { kind: 'person', id: somebody.person },
    dueAt: dueSaid(words, said.turn.heardAt),
  });
}

function goods(said: Said): Opening | Refusal {
  const read = toSomebody({ ...said, rest: trimmed(said.rest.replace(/^(?:申领|申请|领用|借用|需要)/u, '')) });
  return read.is === 'refusal' ? read : { ...read, amount: amountIn(read.words) };
}

/** Its rhythm takes the place of a term. */
function monitoring(said: Said): Opening | Refusal {
  const interval = intervalAt(said.rest);
  const read = toSomebody({ ...said, rest: interval?.rest ?? said.rest });
  return read.is === 'refusal' ? read : { ...read, dueAt: null, every: interval?.every ?? null };
}

function supervision({ turn, rest }: Said): Opening {
  const found = countyAt(turn.roster, rest);
  const words = trimmed((found?.rest ?? rest).replace(/^(?:局|区局|市局|县局|分局)(?=[\s,，:：])/u, ''));
  return opening(words, { to: found === null ? null : { kind: 'county', id: found.county }, dueAt: dueSaid(words, turn.heardAt) });
}

function document(said: Said): Opening {
  const { word, rest } = firstWord(said.rest);
  const way = /^(?:收|收文|来文|发|发文)$/u.test(word);
  return { ...toParty(said, way ? rest : said.rest), incoming: /^(?:收|来)/u.test(word) };
}
