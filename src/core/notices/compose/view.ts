/** What a message is made from: rules, roster, the state as it is now, and the words people wrote. */
import type { TextRef } from '../../incident/events';
import { type AskState, type IncidentState, type LevelStep, openAsks, rankOf, responseRankOf } from '../../incident/state';
import { type Instant, localMinute } from '../../instant';
import { levelOf, type Rulebook } from '../../plans/rulebook';
import { nameOf, type PersonId, type Roster } from '../../roster/roster';
import type { Intent } from '../intent';
import type { Line, Message, Part } from '../message';
import { full, quote } from '../message';
import { paperRefs } from './paperRefs';

export interface View {
  readonly rules: Rulebook;
  readonly roster: Roster;
  readonly state: IncidentState;
  /** Vault texts by id; a purged one is missing. */
  readonly texts: ReadonlyMap<string, string>;
  readonly now: Instant;
}

/** Vault ids whose texts composing may need: what the state keeps, and what the acts told of by these intents refer to. */
export function textsNeeded(state: IncidentState, intents: readonly Intent[] = []): readonly string[] {
  const ids = new Set<string>();
  const need = (ref: MaybeRef): void => {
    if (ref !== null && ref !== undefined) ids.add(ref.id);
  };
  // Every message asks this: the state is walked, no lists are made of it.
  needCourse(state, need);
  needWork(state, need);
  for (const ref of paperRefs(state, intents)) need(ref);
  for (const { act, progress } of intents) {
    need(progress?.text);
    if (act !== undefined) for (const value of Object.values(act)) if (isRef(value)) need(value);
  }
  return [...ids];
}

type MaybeRef = TextRef | null | undefined;

/** What was reported, decided and assessed. */
function needCourse(state: IncidentState, need: (ref: MaybeRef) => void): void {
  need(state.text);
  for (const ref of Object.values(state.toldIn)) need(ref);
  for (const { reason } of state.levels) need(reason);
  for (const { reason } of state.responseLevels) need(reason);
  for (const { text } of state.progress) need(text);
  for (const act of [state.verified, state.assessed, state.warning, state.takenOver, state.termination, state.left]) need(act?.text);
  need(state.terminated?.reason);
  need(state.standIn?.reason);
  for (const { text } of state.supplements) need(text);
  for (const { text } of state.reopened) need(text);
  for (const steps of Object.values(state.figures)) need(steps.at(-1)?.source);
}

/** What people were asked for, and what they said to it. */
function needWork(state: IncidentState, need: (ref: MaybeRef) => void): void {
  for (const { what, report } of Object.values(state.tasks)) for (const ref of [what, report]) need(ref);
  for (const { words, answer } of Object.values(state.directives)) for (const ref of [words, answer]) need(ref);
  for (const { words } of Object.values(state.approvals)) need(words);
  for (const { spokeWith, text } of state.calls) for (const ref of [spokeWith, text]) need(ref);
  for (const { text, lateReason } of Object.values(state.met)) for (const ref of [text, lateReason]) need(ref);
  for (const { words, parts, entries, division, figures } of Object.values(state.records)) {
    need(words);
    for (const ref of Object.values(parts)) need(ref);
    for (const entry of entries) for (const ref of [entry.words, entry.lateReason]) need(ref);
    for (const { what } of division) need(what);
    for (const { text } of figures?.groups ?? []) need(text);
  }
}

function isRef(value: unknown): value is TextRef {
  return typeof value === 'object' && value !== null && 'id' in value && 'commitment' in value;
}

/** Vault ids of every text that is referred to anywhere inside, each once. */
export function refsIn(value: unknown): readonly string[] {
  if (isRef(value)) return [value.id];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(refsIn))];
}

/** A message of this incident: heading with short code and topic. */
export function message({ state }: View, heading: string, lines: readonly Line[], more: Partial<Message> = {}): Message {
  return {
    ref: `#${state.n}`,
    heading: `#${state.n} ${heading}`,
    lines,
    mentions: [],
    buttons: [],
    ...more,
  };
}

export function said(view: Pick<View, 'texts'>, ref: TextRef | null | undefined): Part {
  const words = ref === null || ref === undefined ? undefined : view.texts.get(ref.id);
  return words === undefined ? { is: 'text', text: '（原文已销毁）' } : quote(words);
}

/** One line with somebody's own words, for rooms that may see everything; none where there are no words or they are gone. */
export function quoted(view: Pick<View, 'texts'>, label: string, ref: TextRef | null | undefined): readonly Line[] {
  const words = ref === null || ref === undefined ? undefined : view.texts.get(ref.id);
  return words === undefined ? [] : [full(`${label}：“`, quote(words), '”')];
}

/** Name and post, for people to read; pages nobody. */
export function person(view: Pick<View, 'roster'>, id: PersonId): Part {
  const post = view.roster.people.get(id)?.post;
  const name = nameOf(view.roster, id);
  return { is: 'name', person: id, text: post === undefined ? name : `${name}（${post}）` };
}

/** Names with commas between them. */
export function people(view: Pick<View, 'roster'>, ids: readonly PersonId[]): readonly Part[] {
  return ids.flatMap((id, i): Part[] => [
    ...(i === 0 ? [] : [{ is: 'text' as const, text: '、' }]),
    { is: 'name', person: id, text: nameOf(view.roster, id) },
  ]);
}

/** 11月22日 08:30, Asia/Shanghai; only 08:30 when it is the day of `today`. */
export function clockText(at: Instant, today: Instant | null = null): string {
  const [day = '', minute = ''] = localMinute(at).split('T');
  if (today !== null && localMinute(today).startsWith(day)) return minute;
  const [, month, date] = day.split('-');
  return `${Number(month)}月${Number(date)}日 ${minute}`;
}

/** Which plan it is: said where it is proposed and where it begins, not in every message. */
export function planLine({ rules }: View): Line {
  return { needs: 'pointer', parts: [{ is: 'text', text: `预案：${rules.pack.short_title}` }] };
}

/** Level in force, in the words of the pack; null for a level-free pack. */
export function levelText(view: View): string | null {
  if (view.rules.pack.level_scheme === 'none') return null;
  const step = view.state.levels.at(-1);
  return step === undefined ? view.rules.pack.ungraded.zh : stepText(view, step);
}

/** One step of the level, with 待上级确认 where this office only proposed it. */
export function stepText({ rules }: View, step: LevelStep): string {
  const zh = levelOf(rules, step.rank)?.zh ?? rules.pack.ungraded.zh;
  return `${zh}${STATUS_ZH[step.status]}`;
}

const STATUS_ZH: Readonly<Record<LevelStep['status'], string>> = {
  proposed: '，待上级确认',
  confirmed_by_us: '',
  confirmed_by_superior: '，上级已确认',
};

/** Response level in force, told as the incident level where both are one; null for a level-free pack and before activation. */
export function responseText(view: View): string | null {
  const { rules, state } = view;
  const rank = responseRankOf(state);
  if (rules.pack.level_scheme === 'none' || rank === null) return null;
  return rank === rankOf(state) ? levelText(view) : (levelOf(rules, rank)?.zh ?? null);
}

export function countyText({ roster, state }: View): string | null {
  return roster.counties.find((c) => c.id === state.county)?.names[0] ?? null;
}

/** Asks made by one event and still open. */
export function stillAsked(state: IncidentState, version: number): readonly AskState[] {
  return openAsks(state).filter((ask) => ask.version === version);
}
