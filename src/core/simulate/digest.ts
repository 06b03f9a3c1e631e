/** The fixed-hour digest of open incidents in a simulation: leaders who get no summary of their own read of the matter there. */
import { digestReaders } from '../incident/audience';
import type { Scene } from '../incident/decide/scene';
import { type Instant, minuteOfDay, nextAtMinute } from '../instant';
import { item, type Line } from './line';

/** Decisions of the duty room, section 4: 08:30 and 17:30. */
const HOURS = ['08:30', '17:30'].map(minuteOfDay);

/** One line at each hour after `from` up to `until` while the incident is open; none where every leader is told already. */
export function digestLines({ rules, roster }: Scene, from: Instant, until: Instant): readonly Line[] {
  const lines: Line[] = [];
  for (let at = nextAtMinute(HOURS, from); at !== null && at <= until; at = nextAtMinute(HOURS, at)) {
    const people = digestReaders(rules, roster, at);
    if (people.length > 0) lines.push({ at, channel: 'private', room: null, people, items: [item('digest', 'digest')], skipped: false });
  }
  return lines;
}
