/** Small steps that several events share. */
import type { Asked, Done, Recorded, TextRef } from '../events';
import type { Act, AskState, IncidentState, LevelStep } from '../state';

/** The state carries the last entries only; the whole history is in the events. */
const KEPT = 20;

/** Where an event stands. */
export type At = Pick<Recorded<unknown>, 'version' | 'at'>;

/** An act as the state remembers it. */
export function act({ version, at }: At, { by }: Pick<Done, 'by'>, text: TextRef | null): Act {
  return { version, at, by, text };
}

/** One entry more, the oldest forgotten when there are many. */
export function kept<T>(entries: readonly T[], entry: T): readonly T[] {
  return [...entries, entry].slice(-KEPT);
}

export function withAsked(state: IncidentState, asked: readonly Asked[], { version, at }: At): IncidentState['asks'] {
  if (asked.length === 0) return state.asks;
  const added = asked.map((a): [string, AskState] => [
    a.id,
    { ...a, askedAt: at, version, answeredAt: null, answer: null, stoodDownAt: null },
  ]);
  return { ...state.asks, ...Object.fromEntries(added) };
}

/** Asks that nobody has to answer any more. */
export function stoodDown(asks: IncidentState['asks'], ids: readonly string[], { at }: At): IncidentState['asks'] {
  return changed(asks, ids, (ask) => ({ ...ask, stoodDownAt: at }));
}

/** Entries of these ids as changed; unknown ids change nothing. */
export function changed<T>(
  entries: Readonly<Record<string, T>>,
  ids: readonly string[],
  change: (entry: T) => T,
): Readonly<Record<string, T>> {
  const after = ids.flatMap((id): [string, T][] => {
    const entry = entries[id];
    return entry === undefined ? [] : [[id, change(entry)]];
  });
  return { ...entries, ...Object.fromEntries(after) };
}

/** A step of a level; one level may have many. */
export function step({ version, at }: At, made: Omit<LevelStep, 'version' | 'at'>): LevelStep {
  return { version, at, rank: made.rank, status: made.status, by: made.by, reason: made.reason };
}

/** Doing the work answers whoever was still asked for it, stand-ins as well. */
export function answeredBy({ asks }: IncidentState, id: string, { at }: At): IncidentState['asks'] {
  const open = Object.values(asks).filter((ask) => ask.answer === null && ask.stoodDownAt === null && (ask.about ?? ask.id) === id);
  return changed(
    asks,
    open.map((ask) => ask.id),
    (ask) => ({ ...ask, answer: 'acknowledged', answeredAt: at }),
  );
}
