/** An incident as the API shows it: fields with their words, decisions with their grounds, people, deadlines, deliveries. */
import type { Deadline } from '../../core/deadlines/deadline';
import type { Via } from '../../core/incident/events/intake';
import type { IncidentState } from '../../core/incident/state';
import type { Instant } from '../../core/instant';
import { textsNeeded } from '../../core/notices/compose/view';
import { categoryOf, levelOf, type Rulebook } from '../../core/plans/rulebook';
import { maskedWords } from '../../core/privacy/mask';
import type { Found } from '../../core/report/fields';
import type { IncidentRow, StoredEvent } from '../../ports/streams';
import type { DeliveryView, IncidentView } from '../../ports/views';
import { presentAsks } from './asks';
import { iso, isoOrNull } from './iso';
import { figureTexts, presentFigures } from './presentFigures';
import { paperWords, presentPapers } from './presentPapers';
import { presentRecords } from './presentRecords';
import { presentWork } from './presentWork';

export function presentRow(row: IncidentRow) {
  return {
    ...row,
    receivedAt: iso(row.receivedAt),
    activatedAt: isoOrNull(row.activatedAt),
    endedAt: isoOrNull(row.endedAt),
    purgeAfter: isoOrNull(row.purgeAfter),
  };
}

/** An incident with its state in the shape of this program. */
export type SeenView = Omit<IncidentView, 'state'> & { readonly state: IncidentState };

/** One report: when it was heard, from whom. */
export interface Source {
  readonly n: number;
  readonly receivedAt: Instant;
  readonly reportedBy: string | null;
  readonly via: Via | null;
}

/** Ids of the texts that `presentIncident` wants. */
export function textsWanted({ state }: SeenView): readonly string[] {
  return [...textsNeeded(state), ...figureTexts(state), ...paperWords(Object.values(state.papers))];
}

/** An incident with all reports of its matter: its own first, then those that were joined. */
export function presentIncident(view: SeenView, rules: Rulebook, vault: ReadonlyMap<string, string>, sources: readonly Source[]) {
  const texts = new Map([...vault].map(([id, words]) => [id, maskedWords(words)]));
  const { state } = view;
  return {
    ...presentRow(view.row),
    id: view.id,
    version: view.version,
    text: texts.get(state.text.id) ?? null,
    unverified: state.unverified,
    readingChecked: moment(state.readingChecked ?? null),
    reportedBy: state.reportedBy,
    sources: sources.map((source) => ({ ...source, receivedAt: iso(source.receivedAt) })),
    like: state.like ?? [],
    mergedInto: state.mergedInto,
    absorbed: state.absorbed,
    splitFrom: state.splitFrom,
    splitOff: state.splitOff,
    fields: fieldsOf(state, vault),
    facts: state.facts,
    figures: presentFigures(rules, state, vault),
    plan: { id: rules.pack.pack, title: rules.pack.title, rulebook: rules.hash },
    category: named(categoryOf(rules, state.suggestion.category), state.suggestion.category),
    suggestion: {
      rank: state.suggestion.rank,
      sign: levelOf(rules, state.suggestion.rank)?.sign ?? null,
      categoryGround: state.suggestion.categoryGround,
      grounds: state.suggestion.grounds,
    },
    level: levelNow(state, rules),
    levels: state.levels.map((l) => ({
      rank: l.rank,
      status: l.status,
      by: l.by,
      at: iso(l.at),
      reason: l.reason === null ? null : (texts.get(l.reason.id) ?? null),
    })),
    activated: state.activated === null ? null : { at: iso(state.activated.at), by: state.activated.by, rank: state.activated.rank },
    terminated:
      state.terminated === null
        ? null
        : {
            at: iso(state.terminated.at),
            by: state.terminated.by,
            open: state.terminated.open,
            reason: texts.get(state.terminated.reason.id) ?? null,
          },
    asks: presentAsks(view),
    ...presentWork(state, texts),
    records: presentRecords(state, texts),
    papers: presentPapers(state, rules, texts),
    deadlines: view.deadlines.map(presentDeadline),
    deliveries: view.deliveries.map(presentDelivery),
  };
}

/** A deadline, with its number where it has one. */
export function presentDeadline<D extends Deadline>(d: D) {
  return { ...d, baseAt: iso(d.baseAt), dueAt: iso(d.dueAt), nextAt: isoOrNull(d.nextAt) };
}

export function presentDelivery<D extends DeliveryView>(d: D) {
  return { ...d, at: iso(d.at) };
}

function named(entry: { readonly id: string; readonly zh: string; readonly clause: string } | null, id: string | null) {
  return entry === null ? (id === null ? null : { id }) : { id: entry.id, zh: entry.zh, clause: entry.clause };
}

function levelNow(state: IncidentState, rules: Rulebook) {
  const step = state.levels.at(-1);
  const level = levelOf(rules, step?.rank ?? null);
  if (step === undefined || level === null)
    return rules.pack.level_scheme === 'none' ? null : { rank: null, zh: rules.pack.ungraded.zh, status: 'ungraded' };
  return { rank: level.rank, sign: level.sign, zh: level.zh, clause: level.clause, status: step.status, by: step.by, at: iso(step.at) };
}

function moment(act: { readonly at: Instant; readonly by: string } | null) {
  return act === null ? null : { at: iso(act.at), by: act.by };
}

/** Every field with its value, how sure the reading was and by which rule, and the words it came from. */
function fieldsOf(state: IncidentState, texts: ReadonlyMap<string, string>) {
  const show = (name: string, found: Found<unknown> | null) =>
    found === null
      ? null
      : {
          value: timed(found.value),
          confidence: found.confidence ?? null,
          rule: found.rule ?? null,
          words: found.spans.map((s) => maskedWords(texts.get(state.toldIn[name]?.id ?? state.text.id)?.slice(s.start, s.end) ?? '')),
        };
  const { measures, ...single } = state.fields;
  return {
    ...Object.fromEntries(Object.entries(single).map(([name, found]) => [name, show(name, found)])),
    contactPhone: single.contactPhone === null ? null : { value: single.contactPhone.value },
    measures: measures.map((m) => ({ value: m.value })),
  };
}

function timed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('at' in value)) return value;
  return { ...value, at: isoOrNull(value.at as Instant | null) };
}

export function presentEvent(event: StoredEvent) {
  return {
    version: event.version,
    type: event.type,
    v: event.v,
    at: iso(event.at),
    actor: event.actor,
    cause: event.cause,
    body: JSON.parse(event.body) as unknown,
    prevHash: event.prevHash,
    hash: event.hash,
  };
}
