/** The rounds of the watchdog: looks, tells what is new and what is over, once each, and remembers it beside the database's memory. */
import type { Instant } from '../core/instant';
import { MINUTE } from '../core/instant';
import type { Pace } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Sighting, ToldAlarm, WatchRecords } from '../ports/watch';
import type { Failure } from './call';
import { type Alarm, type AlarmId, judge, type Limits } from './judge';
import { alarmText, moreText, overText } from './words';

/** Rings that come due during a silence are told no more often than this. */
const MORE_EVERY_MS = 30 * MINUTE;

export interface WatchPorts {
  readonly records: WatchRecords;
  readonly pace: Pace;
  readonly log: Log;
  readonly limits: Limits;
  /** How long one round's right to speak lasts without the next. */
  readonly leaseMs: number;
  /** Says it in the duty room; `pages` everybody there. */
  say(text: string, pages: boolean): Promise<Failure>;
  /** Tells the outside that all is well. */
  ping(): Promise<Failure>;
}

/** How a round ended: what is wrong now, or that another watchdog speaks; null while the database has never answered. */
export interface Round {
  readonly leads: boolean;
  readonly wrong: readonly AlarmId[];
  readonly seen: Sighting | null;
}

/** One watchdog; `round` never throws and is not to be run twice at once. */
export function createWatch(ports: WatchPorts): { round(): Promise<Round> } {
  const memory: Memory = { open: null, last: null, leads: null, blindSince: null };
  return { round: () => round(ports, memory) };
}

interface Memory {
  /** Alarms told and not over; null until they were read once. */
  open: readonly ToldAlarm[] | null;
  last: Sighting | null;
  leads: boolean | null;
  /** By the pace of this process. */
  blindSince: number | null;
}

async function round(ports: WatchPorts, memory: Memory): Promise<Round> {
  const { records, pace, log } = ports;
  const seen = await records.look().catch((cause: unknown) => {
    log.warn({ cause }, 'watchdog: the database does not answer');
    return null;
  });
  memory.last = seen ?? memory.last;
  memory.blindSince = seen !== null ? null : (memory.blindSince ?? pace.mono());
  await agree(ports, memory, seen !== null);
  if (memory.leads === false) return { leads: false, wrong: [], seen };
  memory.open ??= seen === null ? null : await records.openAlarms().catch(() => null);
  const wrong = seen === null ? blind(ports, memory) : judge(seen, ports.limits);
  await tell(ports, memory, wrong, seen);
  if (seen !== null)
    await records.keep(memory.open ?? []).catch((cause: unknown) => log.warn({ cause }, 'watchdog: could not note what was told'));
  if (seen !== null && wrong.length === 0) report(log, 'the outward ping', await ports.ping());
  return { leads: true, wrong: wrong.map(({ id }) => id), seen };
}

/** Two watchdogs never both speak; while the database is away the one that spoke goes on. */
async function agree({ records, leaseMs, log }: WatchPorts, memory: Memory, canAsk: boolean): Promise<void> {
  const before = memory.leads;
  if (canAsk) memory.leads = await records.lead(leaseMs).catch(() => memory.leads);
  if (memory.leads === before) return;
  if (memory.leads) memory.open = null;
  log.info({ leads: memory.leads }, memory.leads ? 'watchdog: this one speaks' : 'watchdog: another one speaks, this one stands by');
}

/** The database is away for too long; what was wrong before is still held to be so. */
function blind({ pace, limits }: WatchPorts, { blindSince, last, open }: Memory): readonly Alarm[] {
  const before = (open ?? []).map(({ id, since }): Alarm => ({ id: id as AlarmId, since }));
  const awayMs = blindSince === null ? 0 : pace.mono() - blindSince;
  if (awayMs < limits.lateMs || before.some(({ id }) => id === 'blind')) return before;
  return [...before, { id: 'blind', since: last === null ? 0 : last.realNow }];
}

async function tell(ports: WatchPorts, memory: Memory, wrong: readonly Alarm[], seen: Sighting | null): Promise<void> {
  const open = memory.open ?? [];
  const fresh = wrong.filter(({ id }) => !open.some((told) => told.id === id));
  const over = seen === null ? [] : open.filter(({ id }) => isOver(id, wrong));
  const at = { toldAt: memory.last?.realNow ?? 0, toldUpTo: upTo(memory.last) };
  if (fresh.length > 0 && (await said(ports, alarmText(fresh, memory.last), true)))
    memory.open = [...open, ...fresh.map(({ id, since }) => ({ id, since, ...at }))];
  else if (fresh.length === 0 && seen !== null) await tellMore(ports, memory, seen);
  if (over.length > 0 && seen !== null && (await said(ports, overText(over as readonly Alarm[], seen), false)))
    memory.open = (memory.open ?? []).filter((told) => !over.includes(told));
}

/** While nobody works nobody knows whether anything else is well again. */
function isOver(told: string, wrong: readonly Alarm[]): boolean {
  const isSilent = wrong.some(({ id }) => id === 'silent:work');
  return !wrong.some(({ id }) => id === told) && (!isSilent || told.startsWith('silent:') || told === 'blind');
}

/** What came due since the silence was told, half an hour later at the earliest. */
async function tellMore(ports: WatchPorts, memory: Memory, seen: Sighting): Promise<void> {
  const silence = (memory.open ?? []).find(({ id }) => id === 'silent:work');
  if (silence === undefined || seen.realNow - silence.toldAt < MORE_EVERY_MS) return;
  const more = seen.rings.first.filter(({ ringAt }) => ringAt > silence.toldUpTo);
  if (more.length === 0 || !(await said(ports, moreText(seen, silence.since, more), true))) return;
  const told = { ...silence, toldAt: seen.realNow, toldUpTo: upTo(seen) };
  memory.open = (memory.open ?? []).map((one) => (one === silence ? told : one));
}

function upTo(seen: Sighting | null): Instant {
  return seen?.now ?? 0;
}

async function said(ports: WatchPorts, text: string, pages: boolean): Promise<boolean> {
  const failure = await ports.say(text, pages);
  report(ports.log, 'a post to the duty room', failure);
  return failure === null;
}

function report(log: Log, what: string, failure: Failure): void {
  if (failure !== null) log.error({ what, code: failure }, 'watchdog: could not get out');
}
