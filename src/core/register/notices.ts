/** `notices(event) -> intents`: who is owed a message because of something in the registers. */
import type { Recorded } from '../incident/events';
import { type Intent, LANE } from '../notices/intent';
import { answer, privately, told } from '../notices/legs';
import { rang } from '../notices/work';
import type { RegisterEvent } from './events';

/** Pure: everybody addressed stands in the event, which every intent bears. */
export function notices({ event, version, at }: Recorded<RegisterEvent>): readonly Intent[] {
  const when = { version, at };
  const owed =
    event.type === 'DeadlinesRang'
      ? rang(event, when)
      : [
          answer('act_noted', event.conversation, when),
          ...told(event.told.rooms, 'act_noted', when),
          ...event.told.people.map((person) => privately('act_noted', person, when, LANE.notice)),
        ];
  return owed.map((intent) => ({ ...intent, standing: event }));
}
