/** 补充, 更正: new facts join an incident; what they replace stays in its events. */
import { graded } from '../../grading/suggest';
import type { MeasuredFact } from '../../report/fields';
import type { Roster } from '../../roster/roster';
import { countyCall, countyRooms, dutyRooms, noticeRooms, withIds } from '../audience';
import { hasAnyRole, keepsDuty } from '../authority';
import type { Envelope, IncidentCommand } from '../commands';
import { refuse } from '../refusal';
import { type IncidentState, newestFacts } from '../state';
import { countyIdOf } from './reportIncident';
import { type Decision, happened, knownPerson, type Scene } from './scene';

type Supplement = Extract<IncidentCommand, { type: 'SupplementIncident' }>;

/** Refuses `unknown_person`, and `not_authorised` for all but the reporter and the duty room (interfaces.md section 4). A county told only now is asked for prior handling. */
export function supplementIncident(
  { rules, roster }: Scene,
  state: IncidentState,
  { actor, seed }: Envelope,
  command: Supplement,
): Decision {
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  if (person.id !== state.reportedBy && !keepsDuty(roster, person.id))
    return refuse('not_authorised', '补充和更正由报告人或值班人员办理。', '', []);
  const told = Object.fromEntries(
    Object.entries(command.fields).filter(([, found]) => (Array.isArray(found) ? found.length > 0 : found !== null)),
  );
  const facts = withFollowing(state, command);
  const toldCounty = countyIdOf(roster, command.fields.district?.value ?? null);
  const county = command.how === 'correction' ? (toldCounty ?? state.county) : (state.county ?? toldCounty);
  const rooms = state.activated === null ? dutyRooms(roster) : noticeRooms(rules, roster, county);
  return happened({
    type: 'IncidentSupplemented',
    v: 1,
    how: command.how,
    text: command.text,
    by: person.id,
    conversation: actor.conversation,
    fields: told,
    facts,
    suggestion: facts.length === 0 ? state.suggestion : { ...state.suggestion, ...graded(rules, newestFacts(state.facts, facts)) },
    county,
    asked:
      isAsked(roster, state, county) || !hasAnyRole(roster, person.id) ? [] : withIds(seed, countyCall(roster, county, 'prior_handling')),
    told: { rooms: rooms.filter((room) => room !== actor.room), people: [] },
  });
}

/** Was this county asked for prior handling already, or did the report come from its own room? */
function isAsked(roster: Roster, state: IncidentState, county: string | null): boolean {
  const rooms = countyRooms(roster, county);
  const asked = Object.values(state.asks).some((ask) => ask.kind === 'prior_handling' && ask.room !== null && rooms.includes(ask.room));
  return asked || (state.reportedRoom !== null && rooms.includes(state.reportedRoom));
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
