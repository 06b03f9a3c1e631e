/** Who is told of the main course: activation, the ways out, the end and what follows it. */
import type { CourseEvent } from '../incident/events/course';
import { LANE } from './intent';
import { acted, answer, calls, type Owed, privately, summaries, told } from './legs';

export const OWED_BY_COURSE: Owed<CourseEvent> = {
  // In a room where people are called the call itself carries the notice.
  ResponseActivated: (event, when) => {
    const calling = new Set(event.asked.flatMap((a) => a.room ?? []));
    return [
      answer('activation_notice', event.conversation, when),
      ...calls(event.asked, when),
      ...told(
        event.told.rooms.filter((room) => !calling.has(room)),
        'activation_notice',
        when,
      ),
      ...event.told.people.map((p) => privately('activation_notice', p, when, LANE.notice)),
      ...summaries(event.summaries, when),
    ];
  },
  MonitoringStarted: acted,
  IncidentTransferred: acted,
  TransferReceived: acted,
  TransferReturned: (event, when) => [...acted(event, when), ...calls(event.asked, when)],
  IncidentDismissed: acted,
  IncidentMerged: acted,
  IncidentAbsorbed: acted,
  IncidentSplit: acted,
  TerminationProposed: (event, when) => [
    ...acted(event, when),
    ...event.mayDecide.map((p) => privately('decision_asked', p, when, LANE.answer, { act: event })),
  ],
  TerminationRefused: acted,
  ResponseTerminated: (event, when) => [
    answer('termination_notice', event.conversation, when),
    ...told(event.told.rooms, 'termination_notice', when),
    ...event.told.people.map((p) => privately('termination_notice', p, when, LANE.notice)),
    ...summaries(event.summaries, when),
  ],
  IncidentReopened: (event, when) => [...acted(event, when), ...calls(event.asked, when, event), ...summaries(event.summaries, when)],
  ReviewStarted: acted,
  IncidentArchived: acted,
};
