/** Everybody who is to be told is told, only those are paged, and never before the time. */
import type { Addressee, Intent } from '../../../src/core/notices/intent';
import type { Versioned } from '../../../src/core/upcast';
import { INCIDENT } from '../../../src/handlers/incident';
import type { Life } from '../../../src/handlers/life';
import { DUTY, REGISTER } from '../../../src/handlers/lives';
import type { Rows } from '../../../src/store/memory/world';
import { type Check, eventsOf, toldBy } from './ended';

/** What an event tells people stands in the deliveries, one for each. */
const told: Check = ({ world }, violated) => {
  const owed = new Set([...world.rows.deliveries.values()].map((d) => `${d.stream}/${d.version}/${d.purpose}/${d.addressee}/${d.leg}`));
  for (const { id, kind } of world.rows.streams.values())
    for (const event of eventsOf(world, id))
      for (const { purpose, to, leg } of intentsOf(kind, event)) {
        const identity = `${id}/${event.version}/${purpose}/${addresseeText(to)}/${leg}`;
        if (!owed.has(identity)) violated(`nobody is owed ${identity}, which ${event.type} tells`);
      }
};

function intentsOf(kind: Rows['streams']['kind'], event: Rows['events']): readonly Intent[] {
  if (kind === 'incident') return noticesOf(INCIDENT, event);
  if (kind === 'duty') return noticesOf(DUTY, event);
  return kind === 'register' ? noticesOf(REGISTER, event) : [];
}

function noticesOf<S, E extends Versioned, C extends { readonly type: string }>(
  life: Life<S, E, C>,
  stored: Rows['events'],
): readonly Intent[] {
  const event = life.upcast(toldBy(stored));
  return event === null ? [] : life.notices({ version: stored.version, at: stored.at, event });
}

function addresseeText(to: Addressee): string {
  if ('room' in to) return `room:${to.room}`;
  return 'person' in to ? `person:${to.person}` : `conversation:${to.conversation}`;
}

/** No call tells of what has not happened yet. */
const inTime: Check = ({ world, watch }, violated) => {
  for (const call of watch.fixed)
    for (const id of call.deliveries) {
      const row = world.rows.deliveries.get(id);
      const answers = world.rows.inbox.get(row?.inbox ?? '')?.receivedAt;
      const opens = row?.stream === null ? answers : world.rows.events.get(`${row?.stream}/${row?.version}`)?.at;
      if (opens === undefined || opens > call.reservedAt) violated(`delivery ${id} was sent before it was owed`);
    }
};

/** A client reads these as a mention wherever they stand; only the list of mentions may page. */
const PAGES = /<@|@(?=all|所有人|[\w-])/;

const pagedOnPurpose: Check = ({ platform }, violated) => {
  for (const { dispatch, body } of platform.effects) {
    const { text } = JSON.parse(body) as { readonly text: string };
    const page = PAGES.exec(text);
    if (page !== null) violated(`${dispatch} pages by its words: ${text.slice(page.index, page.index + 20)}`);
  }
};

export const CALLED: readonly Check[] = [told, inTime, pagedOnPurpose];
