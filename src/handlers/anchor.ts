/** The daily anchor over all chains: made once a day has ended, written outside the database as well, and held against the record later. */
import { type Day, dayOf, daysLater, startOfDay } from '../core/calendar/calendar';
import { type Instant, MINUTE } from '../core/instant';
import type { Anchor, Anchors, AnchorsOutside, Head } from '../ports/anchors';
import type { Digest } from '../ports/ids';

/** What was decided at the very end of a day is committed by then. */
const SETTLED = 10 * MINUTE;

/** Makes the anchor of yesterday where there is none, and tells the place outside what it does not have yet. Answers the day that was anchored, or null. May run twice. */
export async function anchorYesterday(anchors: Anchors, outside: AnchorsOutside, digest: Digest, now: Instant): Promise<Day | null> {
  const day = daysLater(dayOf(now - SETTLED), -1);
  const newest = await anchors.newest();
  const made = newest !== null && newest >= day ? null : anchorOf(day, await anchors.heads(endOf(day)), digest);
  if (made !== null) await anchors.keep(made);
  const there = new Set((await outside.read()).map((one) => one.day));
  const lacking = (await anchors.all()).filter((one) => !there.has(one.day));
  if (lacking.length > 0) await outside.append(lacking);
  return made === null ? null : day;
}

/** The first anchor that does not hold, and why; null when all do. Reads every chain as of each day that is looked at. */
export async function firstWrongAnchor(
  anchors: Anchors,
  outside: AnchorsOutside,
  digest: Digest,
): Promise<{ readonly day: Day; readonly zh: string } | null> {
  const kept = new Map((await anchors.all()).map((one) => [one.day, one]));
  for (const { day, root } of await outside.read()) {
    const found = kept.get(day);
    if (found === undefined) return { day, zh: `${day} 的日锚在库里不见了` };
    if (found.root !== root) return { day, zh: `${day} 的日锚与库外所存的不同` };
  }
  for (const { day, root, streams } of kept.values()) {
    const heads = await anchors.heads(endOf(day));
    if (heads.length !== streams || !digest.holds(rootText(heads), root)) return { day, zh: `${day} 以前的记录与当日的日锚对不上` };
  }
  return null;
}

function anchorOf(day: Day, heads: readonly Head[], digest: Digest): Anchor {
  return { day, root: digest.of(rootText(heads)), streams: heads.length };
}

function rootText(heads: readonly Head[]): string {
  return heads.map(({ stream, version, hash }) => `${stream} ${version} ${hash}\n`).join('');
}

function endOf(day: Day): Instant {
  return startOfDay(daysLater(day, 1));
}
