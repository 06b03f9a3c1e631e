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
  const refs = [
    state.text,
    ...Object.values(state.toldIn),
    ...[...state.levels, ...state.responseLevels].map((l) => l.reason),
    ...state.progress.map((p) => p.text),
    ...[state.verified, state.assessed, state.warning, state.takenOver, state.termination, state.left].map((act) => act?.text),
    state.terminated?.reason,
    state.standIn?.reason,
    ...[...state.supplements, ...state.reopened].map((s) => s.text),
    ...Object.values(state.figures).map((steps) => steps.at(-1)?.source),
    ...Object.values(state.tasks).flatMap((t) => [t.what, t.report]),
    ...Object.values(state.directives).flatMap((d) => [d.words, d.answer]),
    ...Object.values(state.approvals).map((a) => a.words),
    ...state.calls.flatMap((c) => [c.spokeWith, c.text]),
    ...Object.values(state.records).flatMap((record) => [record.words, ...Object.values(record.parts)]),
    ...Object.values(state.records).flatMap((record) => record.entries.flatMap((entry) => [entry.words, entry.lateReason])),
    ...Object.values(state.records).flatMap((record) => record.division.map((line) => line.what)),
    ...Object.values(state.records).flatMap((record) => record.figures?.groups.map(({ text }) => text) ?? []),
    ...Object.values(state.met).flatMap((m) => [m.text, m.lateReason]),
    ...paperRefs(state, intents),
    ...intents.flatMap(({ act }) => (act === undefined ? [] : Object.values(act).filter(isRef))),
    ...intents.map(({ progress }) => progress?.text),
  ];
  return [...new Set(refs.flatMap((ref) => ref?.id ?? []))];
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
