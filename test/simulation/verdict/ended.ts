/** What the verdicts look at, and what they share. */
import type { RulebookSource } from '../../../src/config/rulebooks';
import type { IncidentState } from '../../../src/core/incident/state';
import type { Instant } from '../../../src/core/instant';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import type { Versioned } from '../../../src/core/upcast';
import type { Rows, World } from '../../../src/store/memory/world';
import type { SimPlatform } from '../platform';
import type { Watch } from '../watch';

export interface Ended {
  readonly world: World;
  readonly platform: SimPlatform;
  readonly watch: Watch;
  readonly rulebooks: readonly RulebookSource[];
}

export type Check = (ended: Ended, violated: (what: string) => void) => void;

/** Of one stream, oldest first. */
export function eventsOf(world: World, stream: string): readonly Rows['events'][] {
  const known = sorted.get(world);
  const { byStream } = known?.revision === world.revision ? known : sort(world);
  return byStream.get(stream) ?? [];
}

/** What a stored event tells; read once, whoever asks. */
export function toldBy(event: Rows['events']): Versioned {
  const known = told.get(event);
  if (known !== undefined) return known;
  const made = JSON.parse(event.body) as Versioned;
  told.set(event, made);
  return made;
}

const told = new WeakMap<Rows['events'], Versioned>();

interface Sorted {
  readonly revision: number;
  readonly byStream: ReadonlyMap<string, Rows['events'][]>;
}

/** As they were when they were last looked at: each check asks for the same. */
const sorted = new WeakMap<World, Sorted>();

function sort(world: World): Sorted {
  const byStream = new Map<string, Rows['events'][]>();
  for (const event of world.rows.events.values()) {
    const there = byStream.get(event.stream);
    if (there === undefined) byStream.set(event.stream, [event]);
    else there.push(event);
  }
  for (const events of byStream.values()) events.sort((a, b) => a.version - b.version);
  const made = { revision: world.revision, byStream };
  sorted.set(world, made);
  return made;
}

/** The one a stream is pinned to. */
export function rulesOf({ world, rulebooks }: Pick<Ended, 'world' | 'rulebooks'>, stream: string): Rulebook | undefined {
  const hash = world.rows.streams.get(stream)?.rulebook;
  return rulebooks.find((book) => book.rulebook.hash === hash)?.rulebook;
}

/** Does the profile let this run on when the response is over: from its end, from the event itself, from an approval or a directive? */
function outlasts(rules: Rulebook, key: string): boolean {
  return ['terminated', 'occurred', 'oral_approval', 'directive_received'].includes(stepOf(rules, key)?.starts ?? '');
}

export function stepOf({ profile }: Rulebook, key: string) {
  return profile.steps.find((step) => step.id === key.split(':')[0]);
}

/** Is it owed on after this end: because the profile says so, or because it began only then, as a paper drafted later? */
export function goesOn({ world }: Pick<Ended, 'world'>, rules: Rulebook, stream: string, key: string, endedAt: Instant | null): boolean {
  const began = world.rows.deadlines.get(`${stream}/${key}`)?.baseAt;
  return outlasts(rules, key) || (endedAt !== null && began !== undefined && began >= endedAt);
}

/** When the end of the response was said; null while it goes on, or where the moment is not kept. */
export function endOf({ terminated, left }: IncidentState): Instant | null {
  return terminated?.at ?? left?.at ?? null;
}
