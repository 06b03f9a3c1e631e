/** Rings of one incident that are due together become one event: who is late, at which rung, what is done about it. */

import type { Deadline } from '../../deadlines/deadline';
import { deadlines, type RingHeard, ringHeard } from '../../deadlines/deadlines';
import { holders, onDuty, type PersonId } from '../../roster/roster';
import { commanders, dutyRooms, standInOf, unique, withIds } from '../audience';
import type { Envelope, IncidentCommand } from '../commands';
import type { Asked, Ring } from '../events';
import { type AskState, type IncidentState, openAsks } from '../state';
import { type Decision, happened, type Scene } from './scene';

type RingDeadlines = Extract<IncidentCommand, { type: 'RingDeadlines' }>;

/** Looks again under the lock: a deadline met, moved or rung meanwhile does not ring. Answers no events when nothing rings. May run twice. */
export function ringDeadlines({ rules, roster }: Scene, state: IncidentState, { at, seed }: Envelope, command: RingDeadlines): Decision {
  const asks = new Map(openAsks(state).map((ask) => [ask.id, ask]));
  const rings = deadlines(rules, state)
    .filter((d) => command.keys.includes(d.key))
    .flatMap((d) => {
      const heard = ringHeard(rules, d, at);
      return heard === null ? [] : [ringOf(d, heard, asks)];
    });
  if (rings.length === 0) return happened();
  const late = rings.filter((r) => r.actions.includes('call_stand_in')).flatMap((r) => asks.get(r.ask ?? '') ?? []);
  return happened({
    type: 'DeadlinesRang',
    v: 1,
    rings,
    asked: withIds(
      seed,
      late.flatMap((ask) => standInCall(state, standInOf(roster, ask.person), ask)),
    ),
    leaders: onDuty(roster, 'duty_leader', at),
    office: holders(roster, 'emergency_office'),
    commanders: unique(commanders(rules, roster)),
    dutyRooms: dutyRooms(roster),
  });
}

function ringOf(deadline: Deadline, heard: RingHeard, asks: ReadonlyMap<string, AskState>): Ring {
  const ask = asks.get(deadline.key.slice(deadline.kind.length + 1)) ?? null;
  return {
    key: deadline.key,
    kind: deadline.kind,
    stage: heard.stage,
    percent: heard.percent,
    ask: ask?.id ?? null,
    person: ask?.person ?? null,
    room: ask?.room ?? null,
    actions: heard.actions,
  };
}

/** The stand-in gets the same ask with a fresh term, unless already asked the same kind of thing in this incident. */
function standInCall(state: IncidentState, standIn: PersonId | null, ask: AskState): readonly Omit<Asked, 'id'>[] {
  const asked = Object.values(state.asks).some((a) => a.person === standIn && a.kind === ask.kind && a.answer !== 'withdrawn');
  return standIn === null || asked ? [] : [{ kind: ask.kind, person: standIn, room: ask.room, group: ask.group, standInFor: ask.person }];
}
