/** What differs between a night under blows and the table: each effect once, at its minute or as late as the blow made it. */
import type { Instant } from '../../../src/core/instant';
import type { Seen } from '../../support/dutyRoom';
import { expectedEffects, lineOf, observedEffects, type Silence } from './effects';

/** What a night under blows differs in. */
export interface Differences {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly doubled: readonly string[];
  /** Shown once more, and marked so. */
  readonly repeats: number;
}

/** A blow may make what is due so late, in minutes: a lease of the dead process, and its start. */
const LATEST = 1.5;

/** Each effect of the table once, at its minute or up to a minute and a half later; a marked repeat may stand in for it. */
export function differences(messages: readonly Seen[], zero: Instant, silences: readonly Silence[]): Differences {
  const left = [...observedEffects(messages, zero)];
  const missing = expectedEffects(silences).filter(({ minute, place, what }) => {
    const i = left.findIndex((o) => o.place === place && o.what === what && o.minute >= minute && o.minute <= minute + LATEST);
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
  const repeats = left.filter(({ again }) => again);
  const extra = left.filter((effect) => !effect.again && effect.what !== 'skipped');
  const twice = doubled(messages).filter((text) => !text.includes('（重发）'));
  return { missing: missing.map(lineOf), extra: extra.map(lineOf), doubled: twice, repeats: repeats.length };
}

/** The same words to the same place at the same minute, or marked as sent again; a list that was asked for twice is shown twice. */
export function doubled(messages: readonly Seen[]): readonly string[] {
  const own = messages.filter((m) => m.fromBot && !m.text.includes('#1 待办'));
  const texts = own.map(({ room, at, kind, text }) => `${room} ${at.slice(0, 16)} ${kind} ${text}`);
  return texts.filter((text, i) => texts.indexOf(text) < i || text.includes('（重发）'));
}
