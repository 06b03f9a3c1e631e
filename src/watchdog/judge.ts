/** What is wrong with the service, as seen from outside it. Pure. */
import type { Instant } from '../core/instant';
import type { InstanceRole, InstanceSeen, Sighting } from '../ports/watch';

/**
 * `silent:work` nobody works on messages and deadlines, `silent:web` nobody takes callbacks, `rings` reminders are over and were not
 * given, `inbox` messages lie unhandled, `unsent` urgent messages do not go out, `deaf:<connection>` nothing is heard over it any more,
 * `blind` the database does not answer.
 */
export type AlarmId = 'silent:work' | 'silent:web' | 'rings' | 'inbox' | 'unsent' | `deaf:${string}` | 'blind';

/** One thing that is wrong; `since` in real database time. */
export interface Alarm {
  readonly id: AlarmId;
  readonly since: Instant;
}

export interface Limits {
  /** What is late by more than this is an alarm. */
  readonly lateMs: number;
  /** So long may a long connection hear nothing: its own heartbeat is answered twice as often. */
  readonly deafMs: number;
}

const WORKS: readonly InstanceRole[] = ['all', 'worker'];
const SERVES: readonly InstanceRole[] = ['all', 'web'];

/** Everything wrong at this moment. While nobody works, what lies about is no alarm of its own. */
export function judge(seen: Sighting, limits: Limits): readonly Alarm[] {
  const silent = [...silence(seen, WORKS, 'silent:work'), ...silence(seen, SERVES, 'silent:web')];
  return silent.some(({ id }) => id === 'silent:work') ? silent : [...silent, ...late(seen, limits), ...deaf(seen, limits)];
}

/** A part of the service that nobody does any more; one that nobody ever did is not missed. */
function silence(seen: Sighting, roles: readonly InstanceRole[], id: AlarmId): readonly Alarm[] {
  const those = seen.instances.filter(({ role }) => roles.includes(role));
  if (those.length === 0 || alive(seen, roles).length > 0) return [];
  return [{ id, since: Math.max(...those.map(({ beatAt, stoppedAt }) => stoppedAt ?? beatAt)) }];
}

function alive({ instances, realNow }: Sighting, roles: readonly InstanceRole[]): readonly InstanceSeen[] {
  return instances.filter(({ role, stoppedAt, aliveUntil }) => roles.includes(role) && stoppedAt === null && aliveUntil > realNow);
}

/** What lay about while nobody worked is given the same time anew after a start. */
function late(seen: Sighting, { lateMs }: Limits): readonly Alarm[] {
  const { now, realNow, rings, inbox, unsent } = seen;
  const started = Math.min(...alive(seen, WORKS).map(({ startedAt }) => startedAt));
  const oldest = [
    { id: 'rings' as const, at: rings.first[0]?.ringAt ?? null },
    { id: 'inbox' as const, at: inbox.oldest },
    { id: 'unsent' as const, at: unsent.oldest },
  ];
  return oldest.flatMap(({ id, at }) => {
    const since = at === null ? realNow : Math.max(realNow - (now - at), started);
    return realNow - since > lateMs ? [{ id, since }] : [];
  });
}

/** After a start a connection has its time anew. */
function deaf(seen: Sighting, { deafMs }: Limits): readonly Alarm[] {
  const { connections, realNow } = seen;
  const started = Math.max(...alive(seen, WORKS).map(({ startedAt }) => startedAt));
  return connections.flatMap(({ id, heardAt }) => {
    const since = Math.max(heardAt, started);
    return realNow - since > deafMs ? [{ id: `deaf:${id}` as const, since }] : [];
  });
}
