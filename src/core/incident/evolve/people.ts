/** How a change of people changes an incident. */
import type { PeopleEvent } from '../events/people';
import type { IncidentState } from '../state';
import { type At, changed, stoodDown, withAsked } from './parts';

export function evolvePeople(state: IncidentState, event: PeopleEvent, at: At): IncidentState {
  switch (event.type) {
    case 'TaskReassigned': {
      const { task, owner, group } = event;
      const asks = stoodDown(state.asks, event.stoodDown, at);
      return {
        ...state,
        tasks: changed(state.tasks, [task], (one) => ({ ...one, owner, group })),
        asks: withAsked({ ...state, asks }, event.asked, at),
      };
    }
    case 'TaskChecked':
      return { ...state, tasks: changed(state.tasks, [event.task], (task) => ({ ...task, checkedAt: at.at })) };
    case 'MemberAdded':
      return {
        ...state,
        members: withMember(state, event.person, { is: 'added', group: event.group }),
        asks: withAsked(state, event.asked, at),
      };
    case 'MemberRemoved':
      return {
        ...state,
        members: withMember(state, event.person, { is: 'removed', group: null }),
        asks: stoodDown(state.asks, event.stoodDown, at),
      };
    default:
      return event satisfies never;
  }
}

type Members = NonNullable<IncidentState['members']>;

function withMember({ members }: IncidentState, person: string, member: Members[string]): Members {
  return { ...members, [person]: member };
}
