/** What the tables of deadlines are told with: the shipped rules under any profile, how each key comes about, and a duty room in which nobody answers. */
import { readRulebooks } from '../../../src/config/rulebooks';
import type { Deadline } from '../../../src/core/deadlines/deadline';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import type { EventOf } from '../../../src/core/incident/events';
import { MINUTE } from '../../../src/core/instant';
import type { Rulebook } from '../../../src/core/plans/rulebook';
import { sha256 } from '../../../src/wiring/chance';
import {
  activated,
  ask,
  assessed,
  CONFIG,
  clock,
  done,
  event,
  type Given,
  given,
  happenedAt,
  levelSet,
  NOBODY_TOLD,
  NOTHING_TOLD,
  type Past,
  proposal,
  reported,
  ring,
  terminated,
  told,
  words,
} from '../builders';

/** Level as the tables write it: a number, `ungraded` or `level_free`. */
export const rankOf = (level: string): number | null => (/^\d$/.test(level) ? Number(level) : null);

const READ = new Map<string, readonly Rulebook[]>();

/** The shipped plan under a profile. */
export function rulesOf(plan: string, profile = 'standard'): Rulebook {
  const books = READ.get(profile) ?? booksUnder(profile);
  READ.set(profile, books);
  const found = books.find((rules) => rules.pack.pack === plan);
  if (found === undefined) throw new Error(`no plan ${plan}`);
  return found;
}

function booksUnder(profile: string): readonly Rulebook[] {
  const read = readRulebooks(CONFIG, profile, sha256);
  if (read.is === 'faults') throw new Error(JSON.stringify(read.faults));
  return read.rulebooks.map((r) => r.rulebook);
}

/**
 * The profile as the tables read procedure.md section 5: 研判 is a piece of work, not an ask; at 100 % the duty leader is told beside the
 * office; food is reported within 60 minutes while ungraded too. The shipped data differ, see `shippedData.test.ts`.
 */
export function asTheTablesSay(rules: Rulebook): Rulebook {
  const { profile } = rules;
  const clock_ladder = profile.clock_ladder.map((rung) => ({
    ...rung,
    do: rung.at === 100 ? [...rung.do, 'tell_duty_leader' as const] : rung.do,
  }));
  return { ...rules, profile: { ...profile, clock_ladder } };
}

export interface Case {
  readonly given: Given;
  /** Key of the deadline and the moment its time starts. */
  readonly key: string;
  readonly base: string;
}

interface Setting {
  readonly rules: Rulebook;
  readonly level: string;
  readonly variant?: string;
}

/** How a key comes about with the level known from the start: received 09:00, graded or assessed 09:00, activated 09:20, ended 12:00. */
export function caseOf(key: string, setting: Setting): Case {
  const rank = rankOf(setting.level);
  const start = beginning(setting);
  const called = ask('call_out', 'site1', { group: 'on_site' });
  const respond = [...start, activated(rank, [called])];
  const made = (id: string, base: string, ...past: Past[]): Case => ({
    given: given(...past).under({ rules: setting.rules }),
    key: id,
    base,
  });
  switch (key) {
    case 'duty_ack':
      return made('duty_ack:duty_ack-duty1', '09:00', ...start);
    case 'task_ack':
      return made('task_ack:prior_handling-hubin1', '09:00', ...start);
    case 'group_ack':
      return made('group_ack:call_out-site1', '09:20', ...respond);
    case 'progress_extra':
      return made('progress_extra:2026-03-11T11:20', '09:20', ...respond);
    case 'progress_fixed':
      return made('progress_fixed:2026-03-11T17:00', '09:20', ...respond);
    case 'oral_backfill':
      return made('oral_backfill:oral-1', '09:30', ...respond, oralApproval('oral-1', '09:30'));
    case 'directive_feedback':
      return made('directive_feedback:directive-1', '09:30', ...respond, directive('directive-1', '09:30'));
    case 'final_report':
    case 'review':
    case 'data_purge':
      return made(key, '12:00', ...respond, terminated('12:00'));
    case 'assess':
      return made(key, '09:00', ...start.filter(({ event: { type } }) => type !== 'AssessmentProposed'));
    default:
      return made(key, '09:00', ...start);
  }
}

function beginning({ rules, level, variant = '' }: Setting): readonly Past[] {
  const rank = rankOf(level);
  const matters = variant === 'food' || variant === 'special_equipment' ? [variant] : [];
  const occurredAt = told({ at: clock('09:00'), precision: 'minute' as const });
  const report = reported({
    by: 'office1',
    fields: { ...NOTHING_TOLD, occurredAt },
    suggestion: { ...proposal(rank), matters },
    asked: [ask('duty_ack', 'duty1'), ask('prior_handling', 'hubin1')],
  });
  const flag = { type: 'SensitivityFlagged' as const, on: true, reason: words('why'), paged: [], told: NOBODY_TOLD };
  return [
    report,
    ...(variant === 'sensitive' ? [happenedAt('09:00', { ...done('leader1'), ...flag })] : []),
    ...(rank === null ? [] : [levelSet(rank, '09:00')]),
    ...(rules.pack.level_scheme === 'none' ? [assessed(null, '09:00')] : []),
  ];
}

export function oralApproval(id: string, at: string): Past {
  const approved = { id, act: 'ActivateResponse', who: 'director', approvedAt: clock(at), words: words('oral'), heardBy: ['leader1'] };
  return happenedAt(at, { ...done('leader1'), type: 'OralApprovalRecorded', ...approved });
}

export function directive(id: string, at: string, some: Partial<EventOf<'DirectiveReceived'>> = {}): Past {
  const received = { id, leader: 'director', words: words('directive'), receivedAt: clock(at), dueAt: null, told: NOBODY_TOLD };
  const asked = [ask('directive', 'cons2', { id: `${id}-ask`, room: 'duty' })];
  return happenedAt(at, { ...done('office1'), type: 'DirectiveReceived', ...received, asked, ...some });
}

export function met(key: string, at: string, some: Partial<EventOf<'ObligationMet'>> = {}): Past {
  const how = { key, lines: [], doneAt: clock(at), text: null, lateReason: null, told: NOBODY_TOLD };
  return happenedAt(at, { ...done('office1'), type: 'ObligationMet', ...how, ...some });
}

export function waived(key: string, at: string, by = 'leader1'): Past {
  return happenedAt(at, { ...done(by), type: 'ObligationWaived', key, reason: words('why-waived'), told: NOBODY_TOLD });
}

/** Minutes from the start of the case at which anything rings until `minutes`, with what rings. */
export function ringsOf(
  from: Given,
  base: string,
  minutes: number,
): readonly { readonly minute: number; readonly rang: EventOf<'DeadlinesRang'> }[] {
  const found: { minute: number; rang: EventOf<'DeadlinesRang'> }[] = [];
  const horizon = clock(base) + minutes * MINUTE;
  for (let now = from; ; ) {
    const next = earliest(now);
    if (next === null || next > horizon) return found;
    const keys = open(now).flatMap((d) => (d.nextAt === next ? [d.key] : []));
    found.push({ minute: (next - clock(base)) / MINUTE, rang: event(now.when(null, ring(...keys), { at: next }), 'DeadlinesRang') });
    now = now.after(null, ring(...keys), { at: next });
  }
}

function open({ scene, state }: Given): readonly Deadline[] {
  return deadlines(scene.rules, state).filter((d) => d.nextAt !== null);
}

function earliest(now: Given): number | null {
  const moments = open(now).flatMap((d) => d.nextAt ?? []);
  return moments.length === 0 ? null : Math.min(...moments);
}
