/** Who is told of a report and of what is learnt about it. */
import type { EventOf } from '../incident/events';
import type { IntakeEvent } from '../incident/events/intake';
import { progressOf } from '../incident/evolve/intake';
import { type Intent, LANE } from './intent';
import { type At, acted, actedPaging, answer, calls, type Owed, page, privately, told } from './legs';

export const OWED_BY_INTAKE: Owed<IntakeEvent> = {
  IncidentReported: (event, when) => [
    answer('echo', event.conversation, when),
    ...reported(event, when),
    ...told(event.told.rooms, 'report_known', when),
  ],
  IncidentSupplemented: (event, when) => [
    answer('echo', event.conversation, when),
    ...calls(event.asked, when),
    ...told(event.told.rooms, 'report_known', when),
    ...event.told.people.map((person) => privately('report_known', person, when, LANE.notice)),
  ],
  ProgressReported: (event, when) => {
    const progress = progressOf(event, when);
    return [
      answer('progress_noted', event.conversation, when, { progress }),
      ...told(event.told.rooms, 'progress_noted', when, { progress }),
      ...event.told.people.map((person) => privately('progress_noted', person, when, LANE.notice, { progress })),
    ];
  },
  ReadingChecked: acted,
  VerificationStarted: acted,
  FactsVerified: (event, when) => [...actedPaging(event, event.paged, when), ...calls(event.asked, when)],
  SensitivityFlagged: (event, when) => actedPaging(event, event.paged, when),
  FiguresRecorded: acted,
};

/** The officer is called; where the matter is sensitive the leader is paged beside him; the leader is told privately in any case. */
function reported(event: EventOf<'IncidentReported'>, when: At): readonly Intent[] {
  const called = calls(event.asked, when);
  const isFirst = (i: Intent): boolean => i.purpose === 'first_mention' && i.leg === 'page';
  const room = event.told.rooms[0] ?? event.room;
  const alone = event.paged.length > 0 && room !== null && !called.some(isFirst) ? [page('first_mention', { room }, when, [])] : [];
  return [
    ...[...called, ...alone].map((i) => (isFirst(i) ? { ...i, people: [...i.people, ...event.paged] } : i)),
    ...event.told.people.map((person) => privately('leader_told', person, when, LANE.urgent)),
  ];
}
