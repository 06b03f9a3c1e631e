/** Where a piece of a paper comes from, in words: the event with its minute and person, else the kind of source. */
import { computed } from 'vue';
import { clockTime, dayTime } from '../clock';
import { words } from '../words';
import { loaded } from './loaded';
import { eventZh, who } from './names';
import type { Piece } from './paperTypes';
import type { Page, RecordedEvent } from './types';

/** Asks for the record of the incident once; whoever may not read it is told the kind of source alone. */
export function origins(n: () => number) {
  const events = loaded<Page<RecordedEvent>>(() => `/api/v1/incidents/${n()}/events?limit=500`);
  const byVersion = computed(() => new Map((events.value.value?.items ?? []).map((event) => [event.version, event])));

  return function originOf({ from }: Piece): string {
    const kind = words.value.paper.from[from.stream === 'duty' ? 'duty' : from.is] ?? from.is;
    if (from.is === 'hand') return `${kind}：${who(from.by ?? '')}`;
    if ((from.is !== 'event' && from.is !== 'count') || from.stream !== 'incident') return kind;
    const event = from.n === n() ? byVersion.value.get(from.version ?? 0) : undefined;
    if (event === undefined) return `${kind}：#${from.n}-${from.version}`;
    return from.is === 'count'
      ? `${kind}：${clockTime(event.at)}`
      : `${kind}：${dayTime(event.at)} ${eventZh(event.type)} ${who(event.actor)}`;
  };
}
