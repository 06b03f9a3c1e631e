/** 补充, 更正: new facts join an incident; what they replace stays in its events. */
import { regraded } from '../../grading/suggest';
import type { Instant } from '../../instant';
import type { Rank } from '../../plans/rulebook';
import type { MeasuredFact } from '../../report/fields';
import type { PersonId, RoomId, Roster } from '../../roster/roster';
import { countyCall, countyRooms, dutyRooms, incidentRooms, keeping, noticeRooms, toldBut, unique, withIds } from '../audience';
import { countyPeople, keepsDuty, mayAs } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import { refuse } from '../refusal';
import { type AskState, type IncidentState, newestFacts } from '../state';
import { countyIdOf } from './reportIncident';
import { type Decision, happened, knownPerson, type Scene } from './scene';
import { groupLeaders } from './workParts';

type Supplement = Extract<IncidentCommand, { type: 'SupplementIncident' }>;

/**
 * Refuses `unknown_person` and `not_authorised`. A county told only now is asked for prior handling, once the report is no stranger's; a
 * county that a correction shows to be the wrong one is released. Only what is named changes.
 */
export function supplementIncident(scene: Scene, state: IncidentState, envelope: Envelope, said: Supplement): Decision {
  const command = { ...said, fields: withoutCasualties(state, said.fields) };
  const { rules, roster } = scene;
  const { actor, at, seed } = envelope;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const may = maySupplement(scene, state, envelope);
  if (!may.includes(person.id) && !keepsDuty(roster, person.id))
    return refuse('not_authorised', '补充和更正由报告人、值班人员、牵头科室、工作组负责人或者属地局办理。', '', may);
  const facts = withFollowing(state, command);
  const toldCounty = countyIdOf(roster, command.fields.district?.value ?? null);
  const county = command.how === 'correction' ? (toldCounty ?? state.county) : (state.county ?? toldCounty);
  const suggestion = facts.length === 0 ? state.suggestion : regraded(rules, state.suggestion, newestFacts(state.facts, facts));
  const wrong = county === state.county ? [] : askedOf(roster, state, state.county).filter((ask) => ask.stoodDownAt === null);
  return happened({
    type: 'IncidentSupplemented',
    v: 1,
    how: command.how,
    text: command.text,
    by: person.id,
    conversation: actor.conversation,
    fields: Object.fromEntries(
      Object.entries(command.fields).filter(([, found]) => (Array.isArray(found) ? found.length > 0 : found !== null)),
    ),
    facts,
    suggestion,
    county,
    asked: isAsked(roster, state, county) || state.unverified ? [] : withIds(seed, countyCall(roster, county, 'prior_handling')),
    told: toldBut(actor, roomsTold(scene, state, command, county), leadersTold(scene, state, command, suggestion.rank, at)),
    ...(wrong.length === 0 ? {} : { released: wrong.map((ask) => ask.id) }),
  });
}

/** The reporter of his own report, the section in charge, leaders of groups, the county of its own matter; the duty room beside them. */
export function maySupplement(scene: Scene, state: IncidentState, { at }: Envelope): readonly PersonId[] {
  const reporter = state.reportedBy === null ? [] : [state.reportedBy];
  const staff = mayAs(scene, ['duty_officer', 'section_in_charge'], state, at);
  return unique([...reporter, ...staff, ...groupLeaders(scene), ...countyPeople(scene.roster, state.county)]);
}

/** A correction is shown wherever the old word was: in the county that was asked, also where it was the wrong one. */
function roomsTold({ rules, roster }: Scene, state: IncidentState, { how }: Supplement, county: string | null): readonly RoomId[] {
  const rooms = state.activated === null ? dutyRooms(roster) : noticeRooms(rules, roster, county);
  if (how === 'supplement') return rooms;
  const asked = askedOf(roster, state, state.county).length > 0 ? countyRooms(roster, state.county) : [];
  return [...rooms, ...(state.activated === null ? [] : incidentRooms(roster, state)), ...asked];
}

/** Before the activation the leader on duty hears of a correction that touches the level. */
function leadersTold({ roster }: Scene, state: IncidentState, { how }: Supplement, rank: Rank | null, at: Instant): readonly PersonId[] {
  const touches = how === 'correction' && state.activated === null && !state.unverified && rank !== state.suggestion.rank;
  return touches ? keeping(roster, 'duty_leader', at) : [];
}

function askedOf(roster: Roster, { asks }: IncidentState, county: string | null): readonly AskState[] {
  const rooms = countyRooms(roster, county);
  return Object.values(asks).filter((ask) => ask.kind === 'prior_handling' && ask.room !== null && rooms.includes(ask.room));
}

/** Was this county asked for prior handling already, or did the report come from its own room? */
function isAsked(roster: Roster, state: IncidentState, county: string | null): boolean {
  const asked = askedOf(roster, state, county).some((ask) => ask.stoodDownAt === null);
  return asked || (state.reportedRoom !== null && countyRooms(roster, county).includes(state.reportedRoom));
}

/** 受伤2人 tells how many were hurt, not how many there are: a number of people that was told before stands. */
function withoutCasualties({ fields: old }: IncidentState, told: Supplement['fields']): Supplement['fields'] {
  const people = told.peopleInvolved?.spans[0];
  const hurt = [told.dead, told.injured].flatMap((found) => found?.spans[0] ?? []);
  const same = people !== undefined && hurt.some(({ start, end }) => start === people.start && end === people.end);
  return same && old.peopleInvolved !== null ? { ...told, peopleInvolved: null } : told;
}

/**
 * A new number of people counts for everything that was measured by the old one: 现场增至二百人 says no more whether they gather or
 * complain, but they are the same people.
 */
function withFollowing(state: IncidentState, { fields, facts }: Supplement): readonly MeasuredFact[] {
  const [old, now] = [state.fields.peopleInvolved, fields.peopleInvolved];
  if (old === null || now === null) return facts;
  const same = (f: MeasuredFact): boolean => f.interval.min === old.value.min && f.interval.max === old.value.max;
  const following = state.facts.filter((f) => same(f) && !facts.some((told) => told.measure === f.measure));
  return [...facts, ...following.map((f) => ({ ...f, interval: now.value, spans: now.spans }))];
}
