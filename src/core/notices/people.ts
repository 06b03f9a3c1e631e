/** Who is told when work passes to somebody else, is found done, or people join and leave the response. */
import type { PeopleEvent } from '../incident/events/people';
import { acted, calls, type Owed } from './legs';

export const OWED_BY_PEOPLE: Owed<PeopleEvent> = {
  TaskReassigned: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
  TaskChecked: acted,
  MemberAdded: (event, when) => [...acted(event, when), ...calls(event.asked, when)],
  MemberRemoved: acted,
};
