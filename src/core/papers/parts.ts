/** Pieces of text with their origin: moments, names, figures, people's words, and the sentences put together from them. */

import type { TextRef } from '../incident/events';
import { type Instant, localMinute } from '../instant';
import { maskedToLeave } from '../privacy/leaving';
import { maskedPhone, maskedWords } from '../privacy/mask';
import { nameOf, type PersonId } from '../roster/roster';
import { type Brief, wordsOf } from './brief';
import type { Line, Part, Stated } from './draft';

/** Text that an event of the drafted stream tells. */
export function told({ record }: Pick<Brief, 'record'>, version: number, text: string, states?: Stated): Part {
  const { is: stream, state } = record;
  return { text, from: { is: 'event', stream, n: state.n, version }, ...(states === undefined ? {} : { states }) };
}

/** Text that an event of an incident tells in a paper of the duty room. */
export function toldOf(n: number, version: number, text: string): Part {
  return { text, from: { is: 'event', stream: 'incident', n, version } };
}

/** The number of an incident. */
export function numberOf(n: number): Part {
  return { text: `${n}`, from: { is: 'incident', n } };
}

/** Text of the plan or the profile. */
export function plan(text: string): Part {
  return { text, from: { is: 'plan' } };
}

/** Text of the roster: a room, a county, a number to dial. */
export function listed(text: string): Part {
  return { text, from: { is: 'roster' } };
}

/** Our own connecting words; they never hold a figure, a moment or a name. */
export function joint(text: string): Part {
  return { text, from: { is: 'wording' } };
}

/** The moment of drafting. */
export function drafted({ ctx }: Pick<Brief, 'ctx'>, show: (at: Instant) => string): Part {
  return { text: show(ctx.now), from: { is: 'draft' } };
}

/** A number counted in the incident as it stands: how many were called, how many tasks are open. */
export function counted({ record }: Pick<Brief, 'record'>, text: string): Part {
  return { text, from: { is: 'count', stream: record.is, n: record.state.n, version: record.events.at(-1)?.version ?? 0 } };
}

/** When something is due, as the rules reckon it. */
export function due({ key, dueAt }: { readonly key: string; readonly dueAt: Instant }): Part {
  return { text: minuteZh(dueAt), from: { is: 'due', key } };
}

/** A person by name, with the post where it is known; the public reads the post alone. */
export function person({ ctx, form }: Pick<Brief, 'ctx' | 'form'>, id: PersonId): Part {
  const post = ctx.roster.people.get(id)?.post;
  if (form.audience === 'public') return listed(post ?? '有关负责人');
  const name = nameOf(ctx.roster, id);
  return listed(post === undefined ? name : `${name}（${post}）`);
}

/** Names alone, with commas between them. */
export function names({ ctx }: Pick<Brief, 'ctx'>, ids: readonly PersonId[]): Line {
  return listOf(ids.map((id) => [listed(nameOf(ctx.roster, id))]));
}

/** A person's telephone, always masked; null where none is known. */
export function phoneOf({ ctx }: Pick<Brief, 'ctx'>, id: PersonId): Part | null {
  const phone = ctx.roster.people.get(id)?.phone ?? null;
  return phone === null ? null : listed(maskedPhone(phone));
}

/** What stands in the place of words that were erased. */
export const ERASED = '（原文已销毁）';

/** People's own words as this paper may show them; null where nobody wrote any. */
export function quoted(brief: Brief, version: number, ref: TextRef | null | undefined): Part | null {
  return shown(brief, version, ref, (words) => masked(brief, words));
}

/** The same with the names in it, for sheets that stay in the house and are about whom somebody spoke with. */
export function quotedByName(brief: Brief, version: number, ref: TextRef | null | undefined): Part | null {
  return shown(brief, version, ref, (words) => (brief.form.audience === 'internal' ? maskedWords(oneLine(words)) : masked(brief, words)));
}

function shown(brief: Brief, version: number, ref: TextRef | null | undefined, mask: (words: string) => string): Part | null {
  if (ref === null || ref === undefined) return null;
  const words = wordsOf(brief.ctx, ref);
  return told(brief, version, words === null ? ERASED : mask(words));
}

/** Numbers by which a person can be reached and names of private people are hidden, before the public those of the staff as well. */
export function masked({ form, ctx }: Pick<Brief, 'form' | 'ctx'>, words: string): string {
  const staff = form.audience === 'public' ? [...ctx.roster.people.values()].map(({ name }) => name) : [];
  return maskedToLeave(oneLine(words), staff);
}

/** Without line breaks, and without the mark at the end: the sentence it comes to stand in has its own. */
function oneLine(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .replace(/[。；;，,、\s]+$/, '')
    .trim();
}

/** Sentences from words and parts: say`由${name}报告`. What is null is left out. */
export function say(words: TemplateStringsArray, ...parts: readonly (Part | Line | null)[]): Line {
  return words.flatMap((text, i) => {
    const part = parts[i] ?? null;
    const line = part === null ? [] : 'text' in part ? [part] : part;
    return [...(text === '' ? [] : [joint(text)]), ...line];
  });
}

/** Lines in one, with a mark between them. */
export function listOf(lines: readonly Line[], between = '、'): Line {
  return lines.flatMap((line, i) => (i === 0 ? line : [joint(between), ...line]));
}

/** 3月11日9时05分, Asia/Shanghai. */
export function minuteZh(at: Instant): string {
  const { month, day, hour, minute } = clockOf(at);
  return `${month}月${day}日${hour}时${minute}分`;
}

/** 2026年3月11日9时05分. */
export function fullMinuteZh(at: Instant): string {
  return `${clockOf(at).year}年${minuteZh(at)}`;
}

/** 2026年3月11日, as papers date (GB/T 9704-2012: Arabic figures, no zero ahead). */
export function dayZh(at: Instant): string {
  const { year, month, day } = clockOf(at);
  return `${year}年${month}月${day}日`;
}

/** 3月11日9时许, where only the hour was told. */
export function hourZh(at: Instant): string {
  const { month, day, hour } = clockOf(at);
  return `${month}月${day}日${hour}时许`;
}

function clockOf(at: Instant) {
  const local = localMinute(at);
  const whole = (from: number, to: number): number => Number(local.slice(from, to));
  return { year: whole(0, 4), month: whole(5, 7), day: whole(8, 10), hour: whole(11, 13), minute: local.slice(14, 16) };
}
