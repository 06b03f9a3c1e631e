/** Simple questions in people's own words: how many are under way, how one of them stands. Answered from the record, changing nothing. */

import { refuse } from '../core/incident/refusal';
import type { IncidentStatus } from '../core/incident/state';
import type { Roster } from '../core/roster/roster';
import { peekIncident } from '../handlers/incident';
import { incidentsUnderWay } from '../handlers/underWay';
import type { InboxOutcome } from '../ports/inbox';
import { openHere, type SeenIncident, seen } from './choose';
import { showAbout } from './status';
import { answer, type Turn } from './turn';

/** What a question is about: everything under way, or one matter by the words people have for it (none: the one that is meant here). */
export type Question = { readonly is: 'overview' } | { readonly is: 'matter'; readonly subject: string };

/** A longer text tells something. */
const LONGEST = 40;
/** `#12` is read by whoever reads the rest of the message. */
const NUMBER = /^[#＃]\s?[0-9０-９]{1,6}[\s:：,，]*/u;
const SIGNS = /[\s\u3000\u00ad\u200b-\u200f\u2060\ufeff]+/gu;
const TAIL = '(?:了|呢|啊|呀|吗|嘛)*[?？。!！]*$';
const WHAT = '(?:进展|情况|处置|处理|办理|现状|状态|局面|态势)';
const HOW = '(?:怎么样|怎样|如何|咋样|什么样|到哪一步|到哪步|到哪|什么情况|啥情况)';

const OVERVIEW: readonly RegExp[] = [
  new RegExp(
    `^(?:现在|目前|今天|当前|手上|手头|还|一共|总共|共)*有?(?:几|多少)(?:起|件|个|宗)(?:在办|正在处置|正在办理|未办结|没办完|突发)*的?(?:突发事件|事件|案件|事情|事)?(?:在办|在处置|没办完|未办结)?${TAIL}`,
    'u',
  ),
  new RegExp(`^(?:现在|目前|今天|当前)?(?:都|还)?有(?:什么|哪些|啥)(?:在办的?)?(?:突发事件|事件|情况|事情|事)${TAIL}`, 'u'),
  new RegExp(`^(?:现在|目前|今天|当前)?(?:的)?(?:总体|整体|全部|所有|各起)(?:事件)?(?:的)?${WHAT}?${HOW}?${TAIL}`, 'u'),
];
const MATTER: readonly RegExp[] = [
  new RegExp(
    `^(?<subject>.*?)(?:的)?(?:这|那)?(?:起|件|个)?(?:事件|事情|事)?(?:现在|目前)?(?:的)?(?:最新)?${WHAT}?(?:得)?(?:现在|目前)?${HOW}${TAIL}`,
    'u',
  ),
  new RegExp(`^(?<subject>.+?)(?:的)?(?:这|那)?(?:起|件|个)?(?:事件|事情|事)?(?:的)?(?:最新|目前|现在)?(?:的)?(?:进展|现状)${TAIL}`, 'u'),
];
/** A text that begins so wants something done or tells of something. */
const WANTS =
  /^(?:请|批示|任务|督办|电话|核实|尽快|查清|了解|关注|跟踪|催|要|把|将|我|报告|上报|补充|更正|要求|通知|督促|已|正在|进展|续报|没有|暂无|无|有)/u;

/** Null for everything that is no such question. Pure; a verb with words behind it is one only where those words do nothing but ask. */
export function questionIn(typed: string): Question | null {
  const words = typed.replace(SIGNS, '').replace(NUMBER, '');
  if (words.length === 0 || words.length > LONGEST) return null;
  if (OVERVIEW.some((form) => form.test(words))) return { is: 'overview' };
  const [asks, names] = MATTER.map((form) => form.exec(words)?.groups?.subject);
  if (asks !== undefined && !WANTS.test(asks)) return { is: 'matter', subject: asks };
  return names === undefined || WANTS.test(names) ? null : { is: 'matter', subject: names };
}

/** `n` is the number typed or quoted. Null where nothing is asked. */
export async function answerQuestion(turn: Turn, typed: string, n: number | null): Promise<InboxOutcome | null> {
  const question = questionIn(typed);
  if (question === null) return null;
  if (n !== null) return question.is === 'matter' ? showAbout(turn, n, 'summary') : null;
  if (question.is === 'overview') return showOverview(turn);
  if (question.subject !== '') return showMatter(turn, question.subject);
  return (await openHere(turn, 'read')).length === 1 ? showAbout(turn, null, 'summary') : showOverview(turn);
}

/** Everything under way that may be seen here, as the digest has it. */
export async function showOverview(turn: Turn): Promise<InboxOutcome> {
  const here = new Set((await openHere(turn, 'read')).map(({ n }) => n));
  const all = await incidentsUnderWay(turn.tx, turn.deps, turn.at);
  return answer(turn, { is: 'overview', incidents: all.filter(({ n }) => here.has(n)) });
}

/** A matter that is over may still be asked after, until it is filed. */
const GONE: readonly IncidentStatus[] = ['transferred', 'dismissed', 'merged', 'archived'];
/** Share of the words that must be found. */
const ENOUGH = 0.5;

/** The one incident the words are about; of several as likely the list. */
async function showMatter(turn: Turn, subject: string): Promise<InboxOutcome> {
  const streams = await turn.tx.streamsNotIn('incident', GONE);
  const rows = await Promise.all(streams.map(({ id }) => peekIncident(turn.tx, id)));
  const real = rows.filter((row): row is SeenIncident => row !== null && row.state !== null && row.mode === 'real');
  const visible = await Promise.all(real.map((row) => seen(turn, row, 'read')));
  const known = real.filter((_, i) => visible[i]);
  const texts = await turn.tx.texts(known.map(({ state }) => state.text.id));
  const rated = known.map((row) => ({ n: row.n, share: likeness(turn.roster, subject, row, texts.get(row.state.text.id) ?? '') }));
  const best = Math.max(0, ...rated.map(({ share }) => share));
  const found = rated.filter(({ share }) => share === best && share >= ENOUGH);
  const [only] = found;
  if (only === undefined) return answer(turn, refuse('no_incident', '没有找到所问的事件。', '输入 列表 查看在办事件，或写：#编号 状态'));
  return found.length === 1 ? showAbout(turn, only.n, 'summary') : showOverview(turn);
}

/** Share of the subject's pairs of characters that the incident's own words have; a county that is named must be the incident's. */
export function likeness(roster: Pick<Roster, 'counties'>, subject: string, { state }: Pick<SeenIncident, 'state'>, text: string): number {
  const counties = roster.counties.filter(({ names }) => names.some((name) => subject.includes(name)));
  if (counties.length > 0 && !counties.some(({ id }) => id === state.county)) return 0;
  const named = counties.flatMap(({ names }) => names).sort((a, b) => b.length - a.length);
  const rest = named.reduce((words, name) => words.replaceAll(name, ''), subject);
  const { place, cause, district } = state.fields;
  const own = [text, place?.value, cause?.value, district?.value].join(' ');
  const pairs = Array.from({ length: Math.max(rest.length - 1, 0) }, (_, i) => rest.slice(i, i + 2));
  if (pairs.length === 0) return counties.length > 0 ? 1 : 0;
  return pairs.filter((pair) => own.includes(pair)).length / pairs.length;
}
