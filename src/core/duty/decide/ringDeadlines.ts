/** Rings of one shift that are due together become one event; the leaders' digests that are due become one beside it. */

import type { Deadline } from '../../deadlines/deadline';
import { heardOf, type RingHeard } from '../../deadlines/deadlines';
import { portsOf } from '../../deadlines/ports';
import { SILENT } from '../../deadlines/terms';
import { commanders, countyRooms, dutyRooms, keeping, standInOf, unique } from '../../incident/audience';
import type { Ring } from '../../incident/events';
import type { Instant } from '../../instant';
import { holders, type PersonId, roomsOf } from '../../roster/roster';
import { calendarNoted } from '../calendarNotes';
import type { DutyCommandOf } from '../commands';
import { countyOf, deadlines, momentsBy } from '../deadlines';
import type { DutyAsked, DutyEvent } from '../events';
import { reportedTo } from '../reportedTo';
import { type DutyAsk, type DutyState, seated, specialNow, waiting } from '../state';
import { type DutyKind, timingOf } from '../times';
import { type DutyDecision, dutyRoom, happened, type Scene } from './scene';

interface Now {
  readonly scene: Scene;
  readonly state: DutyState;
  readonly at: Instant;
  readonly seed: string;
}

/** Looks again under the lock: what was done or rung meanwhile does not ring. Answers no events when nothing rings. May run twice. */
export function ringDeadlines(
  scene: Scene,
  state: DutyState,
  { keys }: DutyCommandOf<'RingDeadlines'>,
  { at, seed }: { readonly at: Instant; readonly seed: string },
): DutyDecision {
  const now = { scene, state, at, seed };
  const asked = new Set(keys);
  const due = deadlines(scene.rules, state).flatMap((row) => {
    const heard = asked.has(row.key) ? heardOf(row, at, () => timingOf(scene.rules, row.kind as DutyKind)?.rungs ?? SILENT) : null;
    return heard === null ? [] : [{ row, heard }];
  });
  const rings = due.flatMap(({ row, heard }) => (row.kind === 'digest' ? [] : [ringOf(now, row, heard)]));
  const digests = due.some(({ row }) => row.kind === 'digest') ? [digested(now), ...calendarNoted(scene, state, at)] : [];
  return happened(...digests, ...(rings.length === 0 ? [] : [rang(now, rings)]));
}

/** All that were slept through are one. To the command of the plan, the leaders' room and the leader on duty (decisions.md section 4). */
function digested({ scene, state, at }: Now): DutyEvent {
  const due = momentsBy(scene.rules, state, at).filter((row) => row.kind === 'digest' && row.status === 'open' && row.dueAt <= at);
  const { rules, roster } = scene;
  const room = roomsOf(roster, 'leader').flatMap(({ members }) => members);
  const to = unique([...holders(roster, 'director'), ...commanders(rules, roster), ...room, ...keeping(roster, 'duty_leader', at)]);
  return { type: 'DigestDue', v: 1, keys: due.map((row) => row.key), to, always: specialNow(state, at) !== null };
}

function rang(now: Now, rings: readonly Ring[]): DutyEvent {
  const { scene, at } = now;
  const silent = rings.filter((ring) => ring.kind === 'zero_report' && ring.percent >= 100);
  const late = rings.flatMap((ring) => (ring.actions.includes('call_stand_in') ? ring.people : []));
  const unfilled = unique(late.filter((person) => standInOf(scene.roster, person) === null));
  return {
    type: 'DeadlinesRang',
    v: 1,
    rings,
    asked: standIns(now, rings),
    ...reportedTo(scene, at, unique(rings.flatMap((ring) => ring.people))),
    ...portsOf(scene.ports, rings),
    ...(unfilled.length === 0 ? {} : { unfilled }),
    silent: silent.flatMap((ring) => countyOf(ring) ?? []),
  };
}

function ringOf(now: Now, row: Deadline, heard: RingHeard): Ring {
  const ask = askBehind(now.state, row);
  const { key, kind } = row;
  return { key, kind, stage: heard.stage, percent: heard.percent, ask: ask?.id ?? null, ...owing(now, row), actions: heard.actions };
}

function askBehind({ asks }: DutyState, { key, kind }: Deadline): DutyAsk | null {
  return asks[key.slice(kind.length + 1)] ?? null;
}

/** The person who owes it, in the county's room for a county; an empty seat falls to the officers of the shift. */
function owing({ scene: { roster }, state }: Now, row: Deadline): Pick<Ring, 'people' | 'rooms'> {
  const rooms = countyRooms(roster, countyOf(row));
  return {
    people: roster.people.has(row.owner) ? [row.owner] : seated(state.seats, 'duty_officer'),
    rooms: rooms.length > 0 ? rooms : dutyRooms(roster),
  };
}

/** Who stands in for somebody who has not come is asked to come himself, with a fresh term, once. */
function standIns({ scene, state, at, seed }: Now, rings: readonly Ring[]): readonly DutyAsked[] {
  const term = timingOf(scene.rules, 'sign_in')?.term ?? 0;
  const late = rings.flatMap((ring) => (ring.kind === 'sign_in' && ring.actions.includes('call_stand_in') ? ring.people : []));
  return unique(late).flatMap((absent: PersonId, i): DutyAsked[] => {
    const person = standInOf(scene.roster, absent);
    const busy = state.seats.some((s) => s.person === person) || waiting(state).some((a) => a.kind === 'sign_in' && a.person === person);
    if (person === null || busy) return [];
    return [{ id: `${seed}-${i}`, kind: 'sign_in', person, room: dutyRoom(scene), dueAt: at + term, standInFor: absent, swap: null }];
  });
}
