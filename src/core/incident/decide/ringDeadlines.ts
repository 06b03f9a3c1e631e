/** Rings of one incident that are due together become one event: who is late, at which rung, what is done about it. */
import type { Deadline } from '../../deadlines/deadline';
import { deadlines, type RingHeard, ringHeard } from '../../deadlines/deadlines';
import type { Instant } from '../../instant';
import { levelOf } from '../../plans/rulebook';
import { holders, type PersonId } from '../../roster/roster';
import { commanders, commandRooms, dutyRooms, keeping, standInOf, unique, withIds } from '../audience';
import { mayAtLevel } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import type { Asked, Ring } from '../events';
import { type AskState, type IncidentState, openAsks, rankOf } from '../state';
import { type Decision, happened, type Scene } from './scene';

type RingDeadlines = Extract<IncidentCommand, { type: 'RingDeadlines' }>;

/** Looks again under the lock: a deadline met, moved or rung meanwhile does not ring. Answers no events when nothing rings. May run twice. */
export function ringDeadlines({ rules, roster }: Scene, state: IncidentState, { at, seed }: Envelope, command: RingDeadlines): Decision {
  const asks = new Map(openAsks(state).map((ask) => [ask.id, ask]));
  const rings = deadlines(rules, state)
    .filter((d) => command.keys.includes(d.key))
    .flatMap((d) => {
      const heard = ringHeard(rules, d, at);
      return heard === null ? [] : [ringOf({ rules, roster }, state, d, heard, asks.get(askIdOf(d)) ?? null, at)];
    });
  if (rings.length === 0) return happened();
  const late = rings.filter((r) => r.actions.includes('call_stand_in')).flatMap((r) => asks.get(r.ask ?? '') ?? []);
  const standIns = late.flatMap((ask) => standInCall(state, standInOf(roster, ask.person), ask));
  return happened({
    type: 'DeadlinesRang',
    v: 1,
    rings,
    asked: withIds(seed, standIns.filter(firstOfPerson)),
    leaders: keeping(roster, 'duty_leader', at),
    office: holders(roster, 'emergency_office'),
    commanders: unique(commanders(rules, roster)),
    dutyRooms: dutyRooms(roster),
  });
}

/** The id of the ask behind a deadline of an ask. */
function askIdOf(deadline: Deadline): string {
  return deadline.key.slice(deadline.kind.length + 1);
}

function ringOf(scene: Scene, state: IncidentState, deadline: Deadline, heard: RingHeard, ask: AskState | null, at: Instant): Ring {
  const owing =
    ask === null ? officeOwing(scene, state, deadline, at) : { people: [ask.person], rooms: ask.room === null ? [] : [ask.room] };
  return {
    key: deadline.key,
    kind: deadline.kind,
    stage: heard.stage,
    percent: heard.percent,
    ask: ask?.id ?? null,
    ...owing,
    actions: heard.actions,
  };
}

/** What nobody was asked for by name: the activation is owed by those who may activate, everything else by the duty room. */
function officeOwing({ rules, roster }: Scene, state: IncidentState, deadline: Deadline, at: Instant): Pick<Ring, 'people' | 'rooms'> {
  const level = levelOf(rules, rankOf(state));
  if (deadline.kind === 'activate' && level !== null)
    return { people: mayAtLevel({ rules, roster }, 'activate', level.rank, state, at), rooms: commandRooms(rules, roster) };
  return { people: unique([...keeping(roster, 'duty_officer', at), ...keeping(roster, 'duty_leader', at)]), rooms: dutyRooms(roster) };
}

/** The stand-in gets the same ask with a fresh term, unless already asked the same kind of thing in this incident. */
function standInCall(state: IncidentState, standIn: PersonId | null, ask: AskState): readonly Omit<Asked, 'id'>[] {
  const asked = Object.values(state.asks).some((a) => a.person === standIn && a.kind === ask.kind && a.stoodDownAt === null);
  return standIn === null || asked ? [] : [{ kind: ask.kind, person: standIn, room: ask.room, group: ask.group, standInFor: ask.person }];
}

/** One person standing in for two late people at once is asked once. */
function firstOfPerson(call: Omit<Asked, 'id'>, i: number, calls: readonly Omit<Asked, 'id'>[]): boolean {
  return calls.findIndex((c) => c.person === call.person && c.kind === call.kind) === i;
}
