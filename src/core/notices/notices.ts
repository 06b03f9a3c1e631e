/** `notices(event) -> intents`: who is owed a message because of this event, why, and until when. */
import type { IncidentEvent, Recorded } from '../incident/events';
import { OWED_BY_COURSE } from './course';
import { OWED_BY_INTAKE } from './intake';
import type { Intent } from './intent';
import type { At, Owed } from './legs';
import { OWED_BY_LEVELS } from './levels';
import { OWED_BY_PAPERS } from './papers';
import { OWED_BY_PEOPLE } from './people';
import { OWED_BY_PRIVACY } from './privacy';
import { OWED_BY_RECORDS } from './records';
import { OWED_BY_WORK } from './work';

const OWED: Owed<IncidentEvent> = {
  ...OWED_BY_INTAKE,
  ...OWED_BY_LEVELS,
  ...OWED_BY_COURSE,
  ...OWED_BY_WORK,
  ...OWED_BY_PEOPLE,
  ...OWED_BY_RECORDS,
  ...OWED_BY_PAPERS,
  ...OWED_BY_PRIVACY,
};

/** Pure: everybody addressed stands in the event. What was decided by an oral approval says so. */
export function notices({ event, version, at }: Recorded<IncidentEvent>): readonly Intent[] {
  const owed = OWED[event.type] as (event: IncidentEvent, when: At) => readonly Intent[];
  const intents = owed(event, { version, at });
  const oral = 'oral' in event ? event.oral : undefined;
  return oral === undefined ? intents : intents.map((intent) => ({ ...intent, oral }));
}
