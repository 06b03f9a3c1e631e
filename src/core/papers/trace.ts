/** Proves that a draft invents nothing: every figure, moment and name must be told by what its part names as its origin. */
import { deadlines } from '../deadlines/deadlines';
import { boardOf } from '../incident/board';
import type { Recorded } from '../incident/events';
import type { Rulebook } from '../plans/rulebook';
import { maskedPhone, maskedWords } from '../privacy/mask';
import { nameOf } from '../roster/roster';
import { isOfMatter } from './brief';
import type { From, PaperDraft, Part } from './draft';
import { NOT_LISTED, officeOf } from './names';
import { masked } from './parts';
import type { PaperContext, PaperRecord } from './record';
import { figuresIn, formsOf, momentsIn, type Telling, tellingOf } from './tell';

/** A figure, moment or name without an origin. */
export interface Untraced {
  /** The element; null: the note of the paper. */
  readonly key: string | null;
  readonly what: string;
  readonly part: Part;
}

/** Empty when every figure, moment and name of the draft is traced; only parts that are meant are looked at. Pure. */
export function untraced(
  draft: PaperDraft,
  record: PaperRecord,
  ctx: PaperContext,
  isMeant: (part: Part) => boolean = () => true,
): readonly Untraced[] {
  const title = { key: 'title', part: { text: draft.title, from: { is: 'title' } as const } };
  const parts = [title, ...partsOf(draft)].filter(({ part }) => isMeant(part));
  if (parts.length === 0) return [];
  const origins = originsOf(draft, record, ctx);
  return parts.flatMap(({ key, part }) => strangeIn(part, origins(part.from), ctx).map((what) => ({ key, what, part })));
}

function partsOf({ items, note, level }: PaperDraft): readonly Pick<Untraced, 'key' | 'part'>[] {
  return [
    ...items.flatMap(({ key, lines, table }) => [...lines, ...(table?.rows.flat() ?? [])].flat().map((part) => ({ key, part }))),
    ...[...note, ...(level === null ? [] : [level])].map((part) => ({ key: null, part })),
  ];
}

/** What the text says that its origin does not. */
function strangeIn({ text }: Part, { moments, figures, words, verbatim }: Telling, { roster }: PaperContext): readonly string[] {
  const literal = (found: string): boolean => words.some((word) => word.includes(found));
  const named = [...roster.people.values()].map(({ name }) => name).filter((name) => name.length > 1 && text.includes(name));
  if (verbatim && !literal(text)) return [text];
  return [
    ...momentsIn(text).filter((found) => !moments.has(found)),
    ...figuresIn(text).filter((found) => !figures.has(found)),
    ...named.filter((name) => !literal(name)),
  ];
}

const SILENT: Telling = { moments: new Set(), figures: new Set(), words: [] };

/** What each origin tells; looked up once for each. */
function originsOf(draft: PaperDraft, record: PaperRecord, ctx: PaperContext): (from: From) => Telling {
  const form = ctx.wording.kinds[draft.kind];
  const textsOf = (id: string): readonly string[] => {
    const text = ctx.texts.get(id);
    return text === undefined ? [] : [text, masked({ form, ctx }, text), maskedWords(text)];
  };
  const known = new Map<string, Telling>();
  return (from) => {
    const key = JSON.stringify(from);
    const telling = known.get(key) ?? tellingBehind(from, { draft, record, ctx, textsOf });
    known.set(key, telling);
    return telling;
  };
}

interface Told {
  readonly draft: PaperDraft;
  readonly record: PaperRecord;
  readonly ctx: PaperContext;
  readonly textsOf: (id: string) => readonly string[];
}

function tellingBehind(from: From, { draft, record, ctx, textsOf }: Told): Telling {
  switch (from.is) {
    case 'event': {
      const recorded = eventAt(record, from);
      return recorded === undefined ? SILENT : tellingOf(recorded, textsOf);
    }
    case 'incident':
      return { ...SILENT, figures: new Set([`${from.n}`]) };
    case 'roster':
      return rosterTelling(ctx);
    case 'plan':
      return planTelling(ctx.rules);
    case 'draft':
      return { ...SILENT, moments: new Set(formsOf(ctx.now)) };
    case 'count':
      return countTelling(record);
    case 'due':
      return { ...SILENT, moments: new Set(dueMoments(record, ctx, from.key)) };
    case 'paper':
      return paperTelling(ctx, from.id);
    case 'title':
      return titleTelling(draft, record, ctx, textsOf);
    case 'hand':
      return merged(eventsOfMatter(record).map((recorded) => tellingOf(recorded, textsOf)));
    default:
      return SILENT;
  }
}

/** The matter in the words of the record, the number in the series, the day. */
function titleTelling({ serial }: PaperDraft, record: PaperRecord, ctx: PaperContext, textsOf: Told['textsOf']): Telling {
  const own: Telling = { moments: new Set(formsOf(ctx.now)), figures: new Set([`${serial ?? ''}`]), words: [] };
  return merged([own, ...eventsOfMatter(record).map((recorded) => tellingOf(recorded, textsOf))]);
}

/** A plan is long and the same for many papers: what it tells is worked out once. */
const PLANS = new WeakMap<Rulebook, Telling>();

function planTelling(rules: Rulebook): Telling {
  const telling = PLANS.get(rules) ?? { ...ofWords(stringsIn([rules.pack, rules.profile])), verbatim: true };
  PLANS.set(rules, telling);
  return telling;
}

/** A paper cannot be the origin of what is written in it. */
function eventsOfMatter({ events }: PaperRecord): readonly Recorded<unknown>[] {
  const all: readonly Recorded<{ readonly type: string }>[] = events;
  return all.filter(({ event }) => isOfMatter(event));
}

function eventAt(record: PaperRecord, { stream, n, version }: Extract<From, { is: 'event' }>): Recorded<unknown> | undefined {
  if (record.is === stream && record.state.n === n) return record.events.find((one: Recorded<unknown>) => one.version === version);
  if (record.is !== 'duty') return undefined;
  const act = record.acts.find((one) => one.n === n && one.recorded.version === version);
  return act?.recorded ?? record.incidents.find(({ state }) => state.n === n)?.events.find((one) => one.version === version);
}

function ofWords(words: readonly string[]): Telling {
  return { moments: new Set(words.flatMap(momentsIn)), figures: new Set(words.flatMap(figuresIn)), words };
}

function merged(all: readonly Telling[]): Telling {
  return {
    moments: new Set(all.flatMap(({ moments }) => [...moments])),
    figures: new Set(all.flatMap(({ figures }) => [...figures])),
    words: all.flatMap(({ words }) => words),
  };
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** Names, posts, masked telephones, rooms, counties, and the office itself; what nobody is known by is said in words of ours. */
function rosterTelling({ roster, office }: PaperContext): Telling {
  const people = [...roster.people.values()].flatMap(({ name, post, phone }) => [
    `${name}（${post}）`,
    ...(phone === null ? [] : [maskedPhone(phone)]),
  ]);
  const counties = roster.counties.flatMap(({ names }) => names.map(officeOf));
  const places = [...roster.rooms.values()].map(({ name }) => name);
  const own = [office.organ, office.phone ?? '', nameOf(roster, ''), ...NOT_LISTED];
  return { ...ofWords([...people, ...places, ...counties, ...own]), verbatim: true };
}

/** Counted: how many were called, how many of them answered after how many minutes, how many tasks of the plan are open. */
function countTelling(record: PaperRecord): Telling {
  if (record.is !== 'incident') return SILENT;
  const rows = boardOf(record.state);
  const answered = rows.filter(({ standing }) => standing === 'acknowledged').length;
  const planned = Object.values(record.state.tasks).filter(({ template, doneAt }) => template !== null && doneAt === null).length;
  const counts = [rows.length, answered, planned, ...rows.flatMap(({ answerMinutes }) => answerMinutes ?? [])];
  return { ...SILENT, figures: new Set(counts.map(String)) };
}

function dueMoments(record: PaperRecord, { rules }: PaperContext, key: string): readonly string[] {
  const row = record.is === 'incident' ? deadlines(rules, record.state).find((one) => one.key === key) : undefined;
  return row === undefined ? [] : formsOf(row.dueAt);
}

function paperTelling({ earlier }: PaperContext, id: string): Telling {
  const paper = earlier.find((one) => one.id === id);
  if (paper === undefined) return SILENT;
  const { draft, sentAt, number } = paper;
  const words = ofWords([draft.title, `${draft.serial ?? ''}`, number ?? '']);
  return { ...words, moments: new Set([...words.moments, ...formsOf(draft.at), ...(sentAt === null ? [] : formsOf(sentAt))]) };
}
