/** What the notice tests share: intents in one readable line, and the messages they become. */
import type { IncidentEvent, Recorded } from '../../../src/core/incident/events';
import { compose } from '../../../src/core/notices/compose/compose';
import type { View } from '../../../src/core/notices/compose/view';
import type { Intent } from '../../../src/core/notices/intent';
import type { Message } from '../../../src/core/notices/message';
import { notices } from '../../../src/core/notices/notices';
import { type Given, given, type Past } from '../builders';

/** `call_out room:hq page` */
export function line(i: Intent): string {
  return `${i.purpose} ${toText(i)} ${i.leg}`;
}

function toText({ to }: Intent): string {
  if ('room' in to) return `room:${to.room}`;
  return 'person' in to ? `person:${to.person}` : `conversation:${to.conversation}`;
}

/** What one event owes, sorted lines. */
export function owedBy({ at, event }: Past): readonly string[] {
  return notices({ version: 7, at, event }).map(line).sort();
}

/** Everything the last event of a past owes. */
export function lastOwed(g: Given): readonly Intent[] {
  return notices(last(g));
}

function last(g: Given): Recorded<IncidentEvent> {
  const found = g.history.at(-1);
  if (found === undefined) throw new Error('nothing has happened yet');
  return found;
}

/** As a message composed now, one minute after the last event; null when nobody is owed it. */
export function composed(g: Given, intent: Intent, texts: Readonly<Record<string, string>> = {}): Message | null {
  const view: View = { ...g.scene, state: g.state, texts: new Map(Object.entries(texts)), now: last(g).at + 60_000 };
  return compose(view, intent);
}

/** The intent of a past that reads like this line. */
export function theOne(g: Given, wanted: string): Intent {
  const found = g.history.flatMap((r) => notices(r)).find((i) => line(i) === wanted);
  if (found === undefined)
    throw new Error(
      `nothing owed reads ${wanted}: ${g.history
        .flatMap((r) => notices(r))
        .map(line)
        .join('\n')}`,
    );
  return found;
}

/** The past, then what happens next. */
export function then(g: Given, ...more: readonly Past[]): Given {
  return given(...g.history.map(({ at, event }) => ({ at, event })), ...more).under(g.scene);
}

/** All words of a message as people read them. */
export function readable(message: Message): string {
  return [message.heading, ...message.lines.map((l) => l.parts.map((p) => p.text).join('')), ...message.buttons.map((b) => b.text)].join(
    '\n',
  );
}
