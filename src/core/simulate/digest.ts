/** The fixed-hour digest of open incidents in a simulation: leaders who get no summary of their own read of the matter there. */
import { digestReaders } from '../incident/audience';
import type { Scene } from '../incident/decide/scene';
import { type Instant, minuteOfDay, nextAtMinute } from '../instant';
import { item, type Line } from './line';

/** One line at each hour the profile names, after `from` up to `until`; none where every leader of the plan's digest gets the summaries already. */
export function digestLines({ rules, roster }: Scene, from: Instant, until: Instant): readonly Line[] {
  const lines: Line[] = [];
  const digest = rules.profile.duty.find(({ id }) => id === 'digest');
  const hours = (digest?.at_times ?? []).map(minuteOfDay).sort((a, b) => a - b);
  for (let at = nextAtMinute(hours, from); at !== null && at <= until; at = nextAtMinute(hours, at)) {
    const people = digestReaders(rules, roster, at);
    if (people.length > 0) lines.push({ at, channel: 'private', room: null, people, items: [item('digest', 'digest')], skipped: false });
  }
  return lines;
}
