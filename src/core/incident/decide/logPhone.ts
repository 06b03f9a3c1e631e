/** 电话: a call made or taken is recorded; it meets what is owed by word of mouth and never replaces the call itself. */
import { deadlines } from '../../deadlines/deadlines';
import type { PersonId } from '../../roster/roster';
import { dutyRooms, keeping, toldBut, unique } from '../audience';
import { countyPeople, mayAs, peopleOf } from '../authority';
import type { CommandOf, Envelope } from '../commands';
import type { IncidentEvent } from '../events';
import { refuse } from '../refusal';
import type { IncidentState } from '../state';
import { notYet } from './moment';
import { isLate, partiesZh, recipientsOf } from './obligations';
import { type Decision, doneBy, happened, knownPerson, type Scene } from './scene';

type LogPhone = CommandOf<'LogPhone'>;

/** Steps fulfilled by word of mouth: to an outside party on the line upward, and to the duty leader. */
const UPWARD = 'phone_superior';
const TO_LEADER = 'tell_duty_leader';

/**
 * The duty room, the county of the incident, and whoever the plan has talk to that party. A call that comes late is kept, what it was owed
 * for stays overdue until the reason is written. A name that is not known yet blocks nothing (procedure sections 1 and 7). Refuses `no_such_party`, `not_authorised`, `spoke_with_required`, `words_required`, `in_future`.
 */
export function logPhone(scene: Scene, state: IncidentState, envelope: Envelope, command: LogPhone): Decision {
  const { rules, roster } = scene;
  const { actor, at, seed } = envelope;
  const { party, spokeWith, calledAt, words } = command;
  const person = knownPerson(actor);
  if (person.is === 'refusal') return person;
  const usage = `#${state.n} 电话 单位 通话人 时间 内容`;
  if (party !== null && rules.pack.parties.every((known) => known.id !== party)) {
    const known = partiesZh(
      rules,
      rules.pack.parties.map((one) => one.id),
    );
    return refuse('no_such_party', '本预案没有列出这个单位。', `可写：${known}；其他单位写在通话人里`);
  }
  const may = mayLog(scene, state, envelope, party);
  if (!may.includes(person.id)) return refuse('not_authorised', '电话报告由值班室或者属地局登记。', usage, may);
  if (spokeWith === null && party === null) return refuse('spoke_with_required', '须写明与谁通话。', usage);
  if (words === null) return refuse('words_required', '须写明说了什么、对方如何答复。', usage);
  const early = notYet(calledAt, at, usage);
  if (early !== null) return early;
  const served = servedBy(scene, state, envelope, command, person.id);
  const late = served.filter((row) => isLate(row, calledAt)).map((row) => row.key);
  const done = doneBy(scene, envelope, person.id);
  const told = toldBut(actor, dutyRooms(roster));
  const lines = party === null ? [] : [party];
  const met = served.flatMap((row): IncidentEvent[] => {
    if (late.includes(row.key)) return [];
    const nobody = { rooms: [], people: [] };
    const to = row.kind === UPWARD ? lines : [];
    return [{ ...done, type: 'ObligationMet', key: row.key, lines: to, doneAt: calledAt, text: words, lateReason: null, told: nobody }];
  });
  const logged = { id: `${seed}-0`, party, spokeWith, calledAt, words, told, ...(late.length === 0 ? {} : { late }) };
  return happened({ ...done, type: 'PhoneLogged', ...logged }, ...met);
}

function mayLog(scene: Scene, state: IncidentState, { at }: Envelope, party: string | null): readonly PersonId[] {
  const paths = scene.rules.pack.reporting_paths.filter((path) => party !== null && path.to.includes(party));
  return unique([
    ...mayAs(scene, ['duty_officer', 'duty_leader'], state, at),
    ...countyPeople(scene.roster, state.county),
    ...paths.flatMap((path) => peopleOf(scene, path.from, state, at)),
  ]);
}

/** What is still owed and served by this call: only the duty room's own calls are the bureau's report. */
function servedBy(scene: Scene, state: IncidentState, { at }: Envelope, { party, person, calledAt }: LogPhone, by: PersonId) {
  const { rules, roster } = scene;
  const byDuty = mayAs(scene, ['duty_officer', 'duty_leader'], state, at).includes(by);
  const upward = byDuty && party !== null && recipientsOf(rules, UPWARD).includes(party);
  const leaders = keeping(roster, 'duty_leader', calledAt);
  const toLeader = byDuty && person !== undefined && person !== by && [person, by].some((one) => leaders.includes(one));
  return deadlines(rules, state).filter(
    (row) => row.status === 'open' && ((upward && row.kind === UPWARD) || (toLeader && row.kind === TO_LEADER)),
  );
}
