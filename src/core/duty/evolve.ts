/** How each event changes a shift: `evolve(state, event) -> state`, pure and total. */
import type { Recorded } from '../incident/events';
import { changed } from '../incident/evolve/parts';
import type { Instant } from '../instant';
import { upcaster } from '../upcast';
import { noteId } from './calendarNotes';
import type { DutyAsked, DutyEvent, DutyEventOf, Left, Swap } from './events';
import type { DutyAsk, DutyState, LogEntry } from './state';

type When = Pick<Recorded<unknown>, 'version' | 'at'>;

/** Folds one recorded event. `DeskOpened` or `ShiftOpened` makes the state; every other needs one. */
export function evolve(state: DutyState | null, { event, version, at }: Recorded<DutyEvent>): DutyState {
  const when = { version, at };
  if (event.type === 'DeskOpened') return desk(event.n, when);
  if (event.type === 'ShiftOpened') return opened(event, state, when);
  if (state === null) throw new Error(`event ${event.type} before ShiftOpened`);
  return FOLDS[event.type](state, event as never, when);
}

type Folded = Exclude<DutyEvent, { type: 'DeskOpened' | 'ShiftOpened' }>;
type Folds = { readonly [T in Folded['type']]: (state: DutyState, event: DutyEventOf<T>, when: When) => DutyState };

const FOLDS: Folds = {
  SignedIn: (state, { by }, { at }) => answered({ ...state, signedIn: { ...state.signedIn, [by]: at } }, isFor('sign_in', by), at),
  LogWritten: (state, { by, text, incident, corrects }, when) => logged(state, { ...when, by, text, incident, corrects }),
  SwapProposed: (state, { swap, asked }, when) => withAsks({ ...state, swaps: { ...state.swaps, [swap.id]: swap } }, asked, when),
  SwapConsented: (state, { id, asked, by }, when) =>
    withAsks(
      answered(staged(state, id, 'consented'), (ask) => ask.swap === id && ask.person === by, when.at),
      asked,
      when,
    ),
  SwapApproved: (state, { swap, by }, { at }) => settled(withoutSheet(state, swap), swap.id, 'approved', by, at),
  SwapRefused: (state, { id, by }, { at }) => settled(state, id, 'refused', by, at),
  SwapWithdrawn: (state, { id, by }, { at }) => settled(state, id, 'withdrawn', by, at),
  OnDutyStoodIn: stoodIn,
  HandoverPrepared: (state, { sheet }) => ({ ...state, sheet }),
  HandedOver: (state, { by }, { at }) => ({ ...state, status: 'handed_over', handedOver: { by, at } }),
  TakeOverRefused: (state) => ({ ...state, status: 'open', sheet: null, handedOver: null }),
  TakenOver: (state, { by }, { at }) => ({ ...state, status: 'closed', closed: { by, at } }),
  SpecialPeriodStarted: (state, { special }) => ({ ...state, specials: [...state.specials, special] }),
  SpecialPeriodEnded: (state, _, { at }) => ({
    ...state,
    specials: state.specials.map((special) => ({ ...special, endedAt: special.endedAt ?? at })),
  }),
  ZeroReported: (state, { key, by, text, lateReason }, { at }) => ({
    ...state,
    done: { ...state.done, [key]: { at, by, text, lateReason } },
  }),
  RollCalled: (state, { asked }, when) => withAsks(state, asked, when),
  RollAnswered: (state, { asks }, { at }) => answered(state, (ask) => asks.includes(ask.id), at),
  DigestDue: (state, { keys }, { at }) => ({
    ...state,
    done: { ...state.done, ...Object.fromEntries(keys.map((key) => [key, { at, by: null, text: null, lateReason: null }])) },
  }),
  RosterImported: (state, { from, until }) =>
    state.until === null || state.until < from || state.until >= until ? state : unlisted(state),
  AllowanceNoted: (state) => state,
  CalendarNoted: (state, { notes }, { at }) => ({
    ...state,
    noted: { ...state.noted, ...Object.fromEntries(notes.map((note) => [noteId(note), at])) },
  }),
  DeadlinesRang: (state, { rings, asked }, when) =>
    withAsks({ ...state, rings: { ...state.rings, ...Object.fromEntries(rings.map((r) => [r.key, r.stage])) } }, asked, when),
};

/** Lifts a stored event to the shape that is folded; null when a newer program wrote it. */
export const upcast = upcaster<DutyEvent>((type) => type === 'DeskOpened' || type === 'ShiftOpened' || Object.hasOwn(FOLDS, type), {});

/** Nobody's shift yet: it owes digests and nothing else. */
function desk(n: number, { at }: When): DutyState {
  return {
    ...{ n, status: 'unopened', openedAt: at, until: null, seats: [], after: null, signedIn: {}, asks: {}, log: [], ...inherited(null) },
    ...{ sheet: null, handedOver: null, closed: null },
  };
}

/** Of the desk before it the first shift keeps what was noted and rung. */
function opened({ n, by, until, seats, left, asked }: DutyEventOf<'ShiftOpened'>, before: DutyState | null, when: When): DutyState {
  const kept = before === null ? {} : { noted: before.noted, done: before.done, rings: before.rings };
  const empty: DutyState = {
    n,
    status: 'open',
    openedAt: when.at,
    until,
    seats,
    after: left?.shift ?? null,
    signedIn: seats.some((seat) => seat.person === by) ? { [by]: when.at } : {},
    asks: {},
    log: [],
    ...inherited(left),
    ...kept,
    sheet: null,
    handedOver: null,
    closed: null,
  };
  return withAsks(empty, asked, when);
}

function inherited(left: Left | null): Pick<DutyState, 'swaps' | 'specials' | 'carried' | 'done' | 'rings' | 'noted'> {
  if (left === null) return { swaps: {}, specials: [], carried: [], done: {}, rings: {}, noted: {} };
  const { special, carried, done, swaps } = left;
  const rings = { ...left.rings, ...Object.fromEntries(carried.map(({ key, stage }) => [key, stage])) };
  return {
    specials: special === null ? [] : [special],
    carried,
    done,
    rings,
    noted: left.noted ?? {},
    swaps: Object.fromEntries(swaps.map((swap) => [swap.id, swap])),
  };
}

/** The seat, on this shift or the next, is the stand-in's from now on; what the absent one was asked lapses. */
function stoodIn(state: DutyState, { absent, person, role, by, asked }: DutyEventOf<'OnDutyStoodIn'>, when: When): DutyState {
  const { at } = when;
  const seated = (seats: DutyState['seats']) => seats.map((s) => (s.person === absent && s.role === role ? { person, role } : s));
  const theirs = Object.values(state.asks).filter(({ kind, person: asked }) => kind !== 'swap' && asked === absent);
  const after = {
    ...state,
    seats: seated(state.seats),
    sheet: state.sheet === null ? null : { ...state.sheet, to: seated(state.sheet.to) },
    signedIn: by === person && state.seats.some((s) => s.person === absent) ? { ...state.signedIn, [person]: at } : state.signedIn,
    asks: changed(
      state.asks,
      theirs.map(({ id }) => id),
      (ask) => lapsed(ask, at),
    ),
  };
  return withAsks(by === person ? answered(after, isFor('sign_in', person), at) : after, asked, when);
}

/** A sheet that names somebody who comes no more is made anew. */
function withoutSheet(state: DutyState, { mine, theirs }: Swap): DutyState {
  return mine !== state.until && theirs !== state.until ? state : unlisted(state);
}

function unlisted(state: DutyState): DutyState {
  return state.sheet === null ? state : { ...state, status: 'open', sheet: null, handedOver: null };
}

function logged(state: DutyState, entry: LogEntry): DutyState {
  return { ...state, log: [...state.log, entry] };
}

function withAsks(state: DutyState, asked: readonly DutyAsked[], { version, at }: When): DutyState {
  if (asked.length === 0) return state;
  const added = asked.map((ask): [string, DutyAsk] => [
    ask.id,
    { ...ask, askedAt: at, version, answeredAt: null, answer: null, stoodDownAt: null },
  ]);
  return { ...state, asks: { ...state.asks, ...Object.fromEntries(added) } };
}

function isFor(kind: DutyAsk['kind'], person: string): (ask: DutyAsk) => boolean {
  return (ask) => ask.kind === kind && ask.person === person;
}

/** Open asks that this answers. */
function answered(state: DutyState, answers: (ask: DutyAsk) => boolean, at: Instant): DutyState {
  const ids = Object.values(state.asks).flatMap((ask) => (ask.answer === null && ask.stoodDownAt === null && answers(ask) ? [ask.id] : []));
  return { ...state, asks: changed(state.asks, ids, (ask) => ({ ...ask, answer: 'answered', answeredAt: at })) };
}

function lapsed(ask: DutyAsk, at: Instant): DutyAsk {
  return ask.answer === null && ask.stoodDownAt === null ? { ...ask, stoodDownAt: at } : ask;
}

function staged(state: DutyState, id: string, stage: Swap['stage']): DutyState {
  return { ...state, swaps: changed(state.swaps, [id], (swap) => ({ ...swap, stage })) };
}

/** The swap is over: whoever decided has answered, everybody else need not. */
function settled(state: DutyState, id: string, stage: Swap['stage'], by: string, at: Instant): DutyState {
  const after = answered(staged(state, id, stage), (ask) => ask.swap === id && ask.person === by, at);
  const others = Object.values(after.asks).flatMap((ask) => (ask.swap === id ? [ask.id] : []));
  return { ...after, asks: changed(after.asks, others, (ask) => lapsed(ask, at)) };
}
