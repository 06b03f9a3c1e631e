/** Who is told of work records: the rooms that follow the work, and by a real @ whoever is asked for the next step. */
import type { RecordEvent } from '../incident/events/records';
import { acted, calls, type Owed } from './legs';

/** By type of event. */
export const OWED_BY_RECORDS: Owed<RecordEvent> = {
  RecordOpened: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
  RecordEntered: (event, when) => [...acted(event, when), ...calls(event.asked, when, event)],
};
