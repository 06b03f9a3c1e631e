/** Rings of one incident that are due together become one event: who is late, at which rung, what is done about it. */
import { askBehind } from '../../deadlines/asks';
import type { Deadline } from '../../deadlines/deadline';
import { deadlines, type RingHeard, ringHeard } from '../../deadlines/deadlines';
import { COUNTY } from '../../deadlines/owners';
import { portsOf } from '../../deadlines/ports';
import { DECISION, DECISION_STAND_IN } from '../../deadlines/work';
import type { Instant } from '../../instant';
import { holders, type PersonId } from '../../roster/roster';
import { countyCall, countyRooms, decisionRooms, dutyRooms, keeping, standInOf, unique, withIds } from '../audience';
import { askedAtLevel, boundTo } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import type { Asked, EventOf, Ring } from '../events';
import { recordBehind } from '../records/find';
import { type AskState, type IncidentState, rankOf } from '../state';
import { roomsOfOwner } from './recordParts';
import { type Decision, happened, type Scene } from './scene';
import { isAbout, standInFor } from './workParts';

type RingDeadlines = Extract<IncidentCommand, { type: 'RingDeadlines' }>;

/** Everything a ring is worked out from. */
interface Now {
  readonly scene: Scene;
  readonly state: IncidentState;
  readonly at: Instant;
}

/** Looks again under the lock: a deadline met, moved or rung meanwhile does not ring. Answers no events when nothing rings. May run twice. */
export function ringDeadlines(scene: Scene, state: IncidentState, { at, seed }: Envelope, command: RingDeadlines): Decision {
  const now = { scene, state, at };
  const due = new Set(command.keys);
  const rings = deadlines(scene.rules, state).flatMap((d) => {
    const heard = due.has(d.key) ? ringHeard(scene.rules, state, d, at) : null;
    return heard === null ? [] : [ringOf(now, d, heard)];
  });
  if (rings.length === 0) return happened();
  const silent = unique(rings.flatMap((r) => r.people));
  const { standIns, unfilled } = standInsFor(now, rings);
  return happened({
    type: 'DeadlinesRang',
    v: 1,
    rings,
    asked: withIds(seed, standIns),
    leaders: withStandIns(now, keeping(scene.roster, 'duty_leader', at), silent),
    office: holders(scene.roster, 'emergency_office'),
    commanders: withStandIns(now, commander(now), silent),
    dutyRooms: dutyRooms(scene.roster),
    ...portsOf(scene.ports, rings),
    ...excused(command.undelivered, silent),
    ...(unfilled.length === 0 ? {} : { unfilled }),
    ...aboutDecision(now, rings),
  });
}

function excused(undelivered: readonly PersonId[] | undefined, silent: readonly PersonId[]): Pick<EventOf<'DeadlinesRang'>, 'undelivered'> {
  const some = silent.filter((person) => undelivered?.includes(person));
  return some.length === 0 ? {} : { undelivered: some };
}

function ringOf(now: Now, deadline: Deadline, heard: RingHeard): Ring {
  const ask = askBehind(now.state, deadline);
  const owing = ask === null ? owingOf(now, deadline) : { people: [ask.person], rooms: ask.room === null ? [] : [ask.room] };
  return {
    key: deadline.key,
    kind: deadline.kind,
    stage: heard.stage,
    percent: heard.percent,
    ask: ask?.id ?? null,
    ...owing,
    actions: heard.actions,
    ...giverOf(now, deadline, heard),
  };
}

/** Whoever opened a work record hears that its answer will be late, before anybody above does (mission row K3). */
function giverOf({ state }: Now, { key }: Deadline, { percent }: RingHeard): Pick<Ring, 'giver'> {
  const record = recordBehind(state, key);
  return record === null || percent < GIVER_HEARS_AT || record.by === record.owner ? {} : { giver: record.by };
}

const GIVER_HEARS_AT = 80;

/** Who owes a deadline of an incident now: who was asked by name, else whoever fills the role. */
export function owingPeople(scene: Scene, state: IncidentState, deadline: Deadline, at: Instant): readonly PersonId[] {
  const ask = askBehind(state, deadline);
  return ask === null ? owingOf({ scene, state, at }, deadline).people : [ask.person];
}

/** What nobody was asked for by name: the person or the holders of the role that owes it; an empty seat falls to the duty room. */
function owingOf(now: Now, { key, owner }: Deadline): Pick<Ring, 'people' | 'rooms'> {
  const { rules, roster } = now.scene;
  const rank = rankOf(now.state);
  const rooms = decisionRooms(rules, roster, rank, now.state.county);
  if (key === DECISION) return { people: askedAtLevel(now.scene, 'activate', rank, now.state, now.at), rooms };
  if (key === DECISION_STAND_IN) return { people: now.state.deciders?.people ?? [], rooms };
  const record = recordBehind(now.state, key);
  if (record !== null) return { people: [owner], rooms: roomsOfOwner(now.scene, now.state, record) };
  const people = roster.people.has(owner) ? [owner] : inRole(now, owner);
  const found =
    people.length > 0 ? people : unique([...keeping(roster, 'duty_officer', now.at), ...keeping(roster, 'duty_leader', now.at)]);
  return { people: found, rooms: owner === COUNTY ? countyRooms(roster, now.state.county) : dutyRooms(roster) };
}

function inRole({ scene: { rules, roster }, state, at }: Now, role: string): readonly PersonId[] {
  if (role === 'duty_officer' || role === 'duty_leader') return keeping(roster, role, at);
  if (role.startsWith('territorial_')) return countyCall(roster, state.county, 'prior_handling').map((call) => call.person);
  return unique(boundTo(rules, roster, role));
}

/** The commander; where nobody fills the place, the first deputy. */
function commander(now: Now): readonly PersonId[] {
  const { commander: first, deputies } = now.scene.rules.pack.command;
  return [first, ...deputies].map((role) => unique(inRole(now, role))).find((people) => people.length > 0) ?? [];
}

/** Where the silent one is himself the next to be told, his recorded stand-in is told as well. */
function withStandIns({ scene: { roster }, state }: Now, people: readonly PersonId[], silent: readonly PersonId[]): readonly PersonId[] {
  const theirs = people.filter((p) => silent.includes(p)).flatMap((p) => standInOf(roster, p) ?? standsFor(state, p) ?? []);
  return unique([...people, ...theirs]);
}

function standsFor({ standIn }: IncidentState, person: PersonId): PersonId | null {
  return standIn?.standsFor === person ? standIn.person : null;
}

/** At 80 % of the decision the duty leader is offered to name the deputy; at 100 % the deputy is asked to decide, once. */
function aboutDecision(now: Now, rings: readonly Ring[]): Pick<EventOf<'DeadlinesRang'>, 'standInOffered' | 'deciders'> {
  const ring = rings.find((r) => r.key === DECISION);
  const deputy = ring === undefined ? null : deputyOf(now, ring.people);
  if (ring === undefined || deputy === null) return {};
  const first = now.state.deciders === undefined;
  const offered = first && ring.actions.includes('tell_duty_leader') && now.state.standIn === null;
  const called = first && ring.actions.includes('call_stand_in');
  return {
    ...(offered ? { standInOffered: deputy } : {}),
    ...(called ? { deciders: { rooms: ring.rooms, people: [now.state.standIn?.person ?? deputy] } } : {}),
  };
}

/** The first deputy of the plan who is not already one of those who are silent. */
function deputyOf(now: Now, silent: readonly PersonId[]): PersonId | null {
  const deputies = now.scene.rules.pack.command.deputies.flatMap((role) => inRole(now, role));
  return deputies.find((person) => !silent.includes(person)) ?? null;
}

type Call = Omit<Asked, 'id'>;

/** Stand-ins of everybody whose ring calls one, each once, and the late people who have none. */
function standInsFor(now: Now, rings: readonly Ring[]): StandIns {
  return standInsOf(
    now,
    rings.filter((r) => r.actions.includes('call_stand_in')).flatMap((r) => now.state.asks[r.ask ?? ''] ?? []),
  );
}

export interface StandIns {
  readonly standIns: readonly Call[];
  readonly unfilled: readonly PersonId[];
}

/** Stand-ins of these asks, each once, and the people who have none. */
export function standInsOf(now: Now, late: readonly AskState[]): StandIns {
  const calls = late.flatMap((ask) => standInCall(now, ask));
  return {
    standIns: calls.filter((c, i) => calls.findIndex((o) => o.person === c.person && o.kind === c.kind && o.about === c.about) === i),
    unfilled: unique(late.flatMap((ask) => (standInFor(now.scene, ask, now.at) === null ? [ask.person] : []))),
  };
}

/** The stand-in gets the same ask with a fresh term, also beside one of his own that he has not answered; not twice for one person. */
function standInCall({ scene, state, at }: Now, ask: AskState): readonly Call[] {
  const person = standInFor(scene, ask, at);
  if (person === null || Object.values(state.asks).some((a) => a.person === person && keepsBusy(a, ask))) return [];
  const about = ONE_OF_MANY.includes(ask.kind) ? { about: ask.about ?? ask.id } : {};
  return [{ kind: ask.kind, person, room: ask.room, group: ask.group, standInFor: ask.person, ...about }];
}

/** Tasks, directives and records are many: only the very same one stands in the way. */
const ONE_OF_MANY: readonly AskState['kind'][] = ['task', 'directive', 'record', 'paper'];

/** He stands in here already, or has said for himself that he is there. */
function keepsBusy(other: AskState, late: AskState): boolean {
  if (other.kind !== late.kind || other.stoodDownAt !== null) return false;
  if (ONE_OF_MANY.includes(late.kind) && !isAbout(other, late.about ?? late.id)) return false;
  return other.answer === 'acknowledged' || other.standInFor !== null;
}
