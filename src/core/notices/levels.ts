/** Who is told of levels and powers. */
import type { EventOf } from '../incident/events';
import type { LevelEvent } from '../incident/events/levels';
import type { PersonId, RoomId } from '../roster/roster';
import { type Intent, LANE } from './intent';
import { type At, acted, answer, calls, type Owed, page, privately, summaries, told } from './legs';

export const OWED_BY_LEVELS: Owed<LevelEvent> = {
  AssessmentProposed: (event, when) => [
    ...acted(event, when),
    ...askedToActivate(event.askedIn, event.mayDecide, when),
    ...event.mayDecide.map((p) =>
      privately(event.rank === null ? 'activation_asked' : 'decision_asked', p, when, LANE.answer, { act: event }),
    ),
  ],
  LevelSet: (event, when) => [
    answer('level_noted', event.conversation, when),
    ...told(event.told.rooms, 'level_noted', when),
    ...event.told.people.map((p) => privately('level_noted', p, when, LANE.notice)),
    ...askedToActivate(event.askedIn, event.mayActivate, when),
    ...event.mayActivate.map((p) => privately('activation_asked', p, when, LANE.answer)),
  ],
  LevelChanged: levelMoved,
  ResponseLevelChanged: levelMoved,
  LevelConfirmed: acted,
  WarningIssued: acted,
  WarningLifted: acted,
  CommandTransferred: (event, when) => [...acted(event, when), ...summaries(event.summaries, when)],
  StandInNamed: acted,
  StandInEnded: acted,
  // What was recorded in somebody's name is told to that person, who has to confirm it in writing.
  OralApprovalRecorded: (event, when) => [...acted(event, when), privately('act_noted', event.who, when, LANE.notice, { act: event })],
  OralApprovalConfirmed: acted,
};

/** The first rung of the ladder of the decision: an @ in the rooms where it is made, beside the private message. */
function askedToActivate(rooms: readonly RoomId[] = [], people: readonly PersonId[], when: At): readonly Intent[] {
  return people.length === 0 ? [] : rooms.map((room) => page('activation_asked', { room }, when, people));
}

/** Incident level or response level: the newly called are called, the stood down are @-ed where they had been called. */
function levelMoved(event: EventOf<'LevelChanged' | 'ResponseLevelChanged'>, when: At): readonly Intent[] {
  return [
    answer('level_change_notice', event.conversation, when),
    ...calls(event.asked, when),
    ...event.stoodDownIn.map((room) => page('level_change_notice', { room }, when, [])),
    ...told(event.told.rooms, 'level_change_notice', when),
    ...event.told.people.map((p) => privately('level_change_notice', p, when, LANE.notice)),
    ...summaries(event.summaries, when),
  ];
}
