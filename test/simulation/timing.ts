/** Each event as it is committed: nothing before its time, rung after rung, and one piece of one stream for each cause. */

import type { Ring } from '../../src/core/incident/events/common';
import type { Instant } from '../../src/core/instant';
import { justWritten, type Rows, type World } from '../../src/store/memory/world';

export interface Timing {
  /** Looks at what the last commit wrote. */
  look(): void;
  rings(): number;
}

export function createTiming(world: World, clock: () => Instant, violated: (what: string) => void): Timing {
  /** Of each deadline, by stream and key, the moment at which it was to ring next. */
  const armed = new Map<string, Instant | null>();
  const stages = new Map<string, number>();
  const versions = new Map<string, number>();
  /** Where the newest event of each cause stands. */
  const places = new Map<string, string>();
  let count = 0;

  const heard = (place: string, { stage }: Ring, at: Instant): void => {
    count += 1;
    const due = armed.get(place);
    if (due === undefined || due === null) violated(`${place} rang, though nothing was to ring`);
    else if (due > at || at > clock()) violated(`${place} rang before its time: at ${at}, due ${due}, now ${clock()}`);
    const before = stages.get(place) ?? 0;
    if (stage <= before) violated(`${place} heard rung ${stage} after rung ${before}`);
    stages.set(place, stage);
  };
  const lookAt = (stream: string, from: number, to: number): void => {
    for (let version = from + 1; version <= to; version++) {
      const event = world.rows.events.get(`${stream}/${version}`);
      if (event === undefined) continue;
      const cause = `${event.cause.kind}:${event.cause.id}`;
      const before = places.get(cause);
      if (before !== undefined && before !== `${stream}/${version - 1}`)
        violated(`${cause} caused events twice: in ${before} and ${stream}/${version}`);
      places.set(cause, `${stream}/${version}`);
      if (event.at > clock()) violated(`${stream}/${version} is of the future`);
      if (event.type !== 'DeadlinesRang') continue;
      for (const ring of (JSON.parse(event.body) as { rings: readonly Ring[] }).rings) heard(`${stream}/${ring.key}`, ring, event.at);
    }
  };
  const arm = ({ stream, key, nextAt, stage }: Rows['deadlines']): void => {
    const place = `${stream}/${key}`;
    armed.set(place, nextAt);
    // What begins anew, for instance at another level, climbs from below.
    if (stage < (stages.get(place) ?? 0)) stages.set(place, stage);
  };
  return {
    rings: () => count,
    look: () => {
      for (const { id, version } of justWritten(world, 'streams')) {
        const from = versions.get(id) ?? 0;
        versions.set(id, version);
        lookAt(id, from, version);
      }
      for (const row of justWritten(world, 'deadlines')) arm(row);
    },
  };
}
