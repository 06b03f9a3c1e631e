/** Gathers what the self-check judges: rows, clocks, the machine. Each question fails alone and quietly: the finding says so. */
import { execFile } from 'node:child_process';
import { access, constants, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type Calendar, dayOf, daysLater, yearWanted } from '../core/calendar/calendar';
import type { Rulebook } from '../core/plans/rulebook';
import { gapsIn } from '../core/roster/gaps';
import { holders, type Roster } from '../core/roster/roster';
import { type Facts, type Finding, findings } from '../handlers/doctor';
import { pingRedis } from '../jobs/queue/pingRedis';
import { pdfProgram } from '../papers/pdf';
import type { Running } from '../ports/running';
import type { Settings } from '../settings';
import { tenantZh } from './platforms';

export interface Examined {
  readonly settings: Pick<Settings, 'dataDir' | 'pdfCommand' | 'redisUrl'>;
  readonly running: Running;
  readonly roster: Roster;
  readonly calendar: Calendar;
  readonly plans: readonly Rulebook[];
  /** Of the office. */
  readonly now: number;
}

/** Takes a second at most where everything answers. */
export async function examine(asked: Examined): Promise<readonly Finding[]> {
  return findings(await factsOf(asked));
}

async function factsOf({ settings, running, roster, calendar, plans, now }: Examined): Promise<Facts> {
  const today = dayOf(now);
  const [database, lines, redisMs, disk, fonts] = await Promise.all([
    running.database().catch(() => null),
    running.lines().catch(() => []),
    settings.redisUrl === null ? null : pingRedis(settings.redisUrl),
    diskOf(settings.dataDir).catch(() => null),
    chineseFonts(),
  ]);
  return {
    lines: lines.map((line) => ({ ...line, name: nameOf(line.id) })),
    ...{ database, redisMs, disk, fonts, wallMs: Date.now(), knowsZone: knowsZone() },
    year: yearWanted(calendar, today),
    gaps: gapsIn(roster, today, daysLater(today, 6)),
    pdfProgram: pdfProgram(settings.pdfCommand),
    unreachable: unreachable(roster),
    emptySeats: emptySeats(plans, roster),
  };
}

/** Of a long connection, whose id begins with platform and tenant. */
function nameOf(line: string): string {
  const [platform = '', tenant = ''] = line.split(':');
  return tenantZh(platform, tenant);
}

/** Seats of the plans by which something is decided, and those without which nobody keeps the duty room or the system. */
function emptySeats(plans: readonly Rulebook[], roster: Roster): readonly string[] {
  const office = [
    ['duty_officer', '值班员'],
    ['duty_leader', '带班领导'],
    ['emergency_office', '应急办'],
    ['sysadmin', '系统管理员'],
    ['auditor', '审计员'],
  ] as const;
  const held = (role: string): boolean => roster.grants.some((grant) => grant.role === role);
  const vacant = plans.flatMap(({ pack }) =>
    [pack.command.commander, ...pack.command.deputies].flatMap((slot) => {
      const seat = pack.roles.find(({ id }) => id === slot);
      const bound = seat?.bound_to;
      const people = holders(roster, bound?.role ?? slot, bound?.scope ?? pack.pack);
      return people.length > 0 || (bound?.scope == null && held(bound?.role ?? slot)) ? [] : [`${pack.short_title} ${seat?.zh ?? slot}`];
    }),
  );
  return [...office.flatMap(([role, zh]) => (held(role) ? [] : [zh])), ...new Set(vacant)];
}

/** Only the running program has asked the platforms. */
function unreachable({ unreachable: lost, grants, people }: Roster): readonly string[] | null {
  if (lost === undefined) return null;
  const wanted = new Set(grants.map(({ person }) => person));
  return [...lost].flatMap((person) => (wanted.has(person) ? [people.get(person)?.name ?? person] : []));
}

function knowsZone(): boolean {
  const noon = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return noon.format(Date.UTC(2026, 0, 1, 4)) === '12:00';
}

async function diskOf(folder: string): Promise<Facts['disk']> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const isWritable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  return { folder, isWritable, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

const FONTS_MS = 3_000;

/** Null where fontconfig is missing. */
async function chineseFonts(): Promise<readonly string[] | null> {
  return promisify(execFile)('fc-list', [':lang=zh', 'family'], { timeout: FONTS_MS, env: {} }).then(
    ({ stdout }) => stdout.split('\n').filter((line) => line !== ''),
    () => null,
  );
}
