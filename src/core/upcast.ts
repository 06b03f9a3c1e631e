/** Events stay for ever as they were stored; when read, each is lifted from the shape of its day to the shape of this program. */

/** What every event says of itself: its type, and in which version of that type's shape it is. */
export interface Versioned {
  readonly type: string;
  readonly v: number;
}

/** An event's body as it was stored, with whatever it said then. */
export interface StoredBody extends Versioned {
  readonly [field: string]: unknown;
}

/** Makes the next version of a body; `v` is counted by `upcaster`. Total for bodies of the version it is for. */
export type Lift = (body: StoredBody) => Readonly<Record<string, unknown>>;

/** As many lifts as there are versions before the one of this program, oldest first: none for 1, one for 2. */
export type LiftsTo<V> = V extends 1 ? readonly [] : V extends 2 ? readonly [Lift] : readonly [Lift, Lift, ...Lift[]];

/** Types whose shape has changed since they were first stored. */
export type Raised<E extends Versioned> = Exclude<E, { readonly v: 1 }>['type'];
/** Every type that has changed, with its lifts: leaving one out, or one too few, does not compile. */
export type LiftTable<E extends Versioned> = { readonly [T in Raised<E>]: LiftsTo<Extract<E, { readonly type: T }>['v']> };

/**
 * Reads stored bodies as events of this program: pure, and the same body always gives the same event. Answers null for a type that
 * is not `known` and for a version this program does not reach: somebody newer wrote it.
 */
export function upcaster<E extends Versioned>(known: (type: string) => boolean, table: LiftTable<E>): (stored: Versioned) => E | null {
  const lifts = new Map<string, readonly Lift[]>(Object.entries(table));
  return (stored) => {
    const steps = known(stored.type) ? (lifts.get(stored.type) ?? []) : null;
    if (steps === null || !Number.isInteger(stored.v) || stored.v < 1 || stored.v > steps.length + 1) return null;
    const next = (body: Versioned, lift: Lift): Versioned => ({ ...lift(body as StoredBody), type: body.type, v: body.v + 1 });
    return steps.slice(stored.v - 1).reduce(next, stored) as E;
  };
}
