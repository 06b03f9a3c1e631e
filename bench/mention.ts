/** How long a report waits for its first mention: from its frame on the wire until the platform has accepted the @ to the duty officer. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realPace } from '../src/jobs/pace';
import type { Figure } from './figure';
import { type Duty, openDuty, type Shown } from './mention/duty';
import { reportOf } from './mention/reports';
import { onDatabase } from './ownDatabase';
import type { Length } from './turns';

/** Twenty reports a second. */
const EVERY_MS = 50;
/** The platform lets a group's webhook speak twenty times a minute: so many reports at a stretch, then everything begins anew. */
const AT_A_STRETCH = 18;
const STRETCHES = 40;
const WARM_UPS = 4;
/** Stretches of the quick form are too few for figures. */
const QUICK_STRETCHES = 2;
const QUICK_MESSAGES = 2_000;
const PATIENCE_MS = 10_000;
const LOOK_MS = 100;
/** The officer would not be called about a report of his own; whoever has no part in reports writes none. */
const SILENT = new Set(['duty1', 'duty2', 'leader1', 'leader2', 'guest1', 'admin1', 'auditor1', 'archive1']);

export async function mention({ messages }: Length): Promise<readonly Figure[]> {
  const isQuick = messages <= QUICK_MESSAGES;
  const dataDir = mkdtempSync(join(tmpdir(), 'fenghuo-bench-mention-'));
  chmodSync(dataDir, 0o755);
  try {
    return await onDatabase(async ({ url }) => {
      const duty = await openDuty(url, dataDir);
      try {
        return figuresOf(await waits(duty, isQuick ? QUICK_STRETCHES : STRETCHES, isQuick ? 1 : WARM_UPS));
      } finally {
        await duty.stop();
      }
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Of every counted report: milliseconds until its mention, null where none came. */
async function waits(duty: Duty, stretches: number, warmUps: number): Promise<readonly (number | null)[]> {
  const writers = (await duty.people()).filter((person) => !SILENT.has(person)).slice(0, AT_A_STRETCH);
  const counted: (number | null)[] = [];
  for (let stretch = -warmUps; stretch < stretches; stretch++) {
    const found = await oneStretch(duty, writers, (stretch + warmUps) * AT_A_STRETCH);
    if (stretch >= 0) counted.push(...found);
    await duty.reset();
  }
  return counted;
}

async function oneStretch(duty: Duty, writers: readonly string[], first: number): Promise<readonly (number | null)[]> {
  const { cursor } = await duty.since('0');
  const begun = performance.now();
  const saying = writers.map(async (person, i) => {
    const text = reportOf(first + i);
    await realPace.sleep(i * EVERY_MS);
    return { id: await duty.say(person, text), text };
  });
  const said = await Promise.all(saying);
  for (;;) {
    const { messages } = await duty.since(cursor);
    const found = said.map(({ id, text }) => waitOf(messages, id, text));
    if (!found.includes(null) || performance.now() - begun > PATIENCE_MS) return found;
    await realPace.sleep(LOOK_MS);
  }
}

/** Both moments are the platform's, to the millisecond; that somebody is called it reads from the call itself. */
function waitOf(messages: readonly Shown[], id: string, text: string): number | null {
  const report = messages.find((message) => message.id === id);
  const call = messages.find(({ room, pinged, text: words }) => room === 'duty' && pinged.length > 0 && words.includes(text));
  return report === undefined || call === undefined ? null : Date.parse(call.at) - Date.parse(report.at);
}

function figuresOf(waited: readonly (number | null)[]): readonly Figure[] {
  const sorted = waited.filter((ms) => ms !== null).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  const range = { low: at(1 / sorted.length), high: at(1) };
  const about = { bench: 'mention', note: `${waited.length} reports, 20 a second in stretches of ${AT_A_STRETCH}` };
  const missing = waited.length - sorted.length;
  return [
    { ...about, what: 'report to first mention, p50', unit: 'ms', value: at(0.5), ...range, bar: { is: 'most', value: 20 } },
    { ...about, what: 'report to first mention, p99', unit: 'ms', value: at(0.99), ...range, bar: { is: 'most', value: 150 } },
    {
      ...about,
      what: 'reports without a mention',
      unit: 'messages',
      value: missing,
      low: missing,
      high: missing,
      bar: { is: 'most', value: 0 },
    },
  ];
}
