/** ladder.csv and the simulated tables: every ring of every ask and of every piece of work, as long as nobody answers. */
import { describe, expect, test } from '@jest/globals';
import type { EventOf, Ring } from '../../../src/core/incident/events';
import { expectedRows, type Row } from '../../support/csv';
import { activated, ask, assessed, type Given, given, levelSet, type Past, proposal, ROSTER, reported } from '../builders';
import { asTheTablesSay, caseOf, rankOf, ringsOf, rulesOf } from './course';

const LADDER = expectedRows('ladder.csv');
const groups = (of: string): readonly (readonly [string, readonly Row[]])[] => {
  const names = new Map<string, Row[]>();
  for (const row of LADDER.filter((r) => r.class === of)) {
    const name = `${row.ask}，${row.plan}，${row.level} 级`;
    names.set(name, [...(names.get(name) ?? []), row]);
  }
  return [...names.entries()];
};
/** Graded is met: the ladder of the grading itself runs only while ungraded. */
const runs = (row: Row | undefined): boolean => row?.ask !== 'assess' || !/^\d$/.test(row.level ?? '');

function caseFor(row: Row | undefined): { g: Given; key: string; base: string } {
  const rules = asTheTablesSay(rulesOf(row?.plan ?? ''));
  const { given: g, key, base } = caseOf(row?.ask ?? '', { rules, level: row?.level ?? '' });
  return { g, key, base };
}

interface Heard {
  readonly minute: number;
  readonly ring: Ring;
  readonly rang: EventOf<'DeadlinesRang'>;
}

const LONGEST = 43_200;
function heardOf(g: Given, base: string, minutes: number, wanted: (ring: Ring) => boolean): readonly Heard[] {
  return ringsOf(g, base, minutes).flatMap(({ minute, rang }) => rang.rings.filter(wanted).map((ring) => ({ minute, ring, rang })));
}

describe('一件事的时限：50% 承办人，80% 并告带班领导，100% 并告应急办', () => {
  test.each(groups('ring').filter(([, rows]) => runs(rows[0])))('%s', (_name, rows) => {
    const { g, key, base } = caseFor(rows[0]);
    const heard = heardOf(g, base, Math.min(LONGEST, Number(rows.at(-1)?.minute)), (r) => r.key === key);
    expect(heard.map((h) => [h.minute, h.ring.percent, h.ring.actions.includes('private_again')])).toEqual(
      rows.map((r) => [Number(r.minute), Number(r.share_percent), true]),
    );
    expect(heard.map((h) => [h.ring.actions.includes('tell_duty_leader'), h.ring.actions.includes('tell_office')])).toEqual(
      rows.map((r) => [(r.told ?? '').includes('duty_leader'), (r.told ?? '').includes('emergency_office')]),
    );
  });
});

/** What a step of the ladder must do, by its word in the table. */
const DOES: Readonly<Record<string, string>> = {
  reminder: 'room_again',
  'strong reminder: DING, strong reminder, SMS': 'strong_reminder',
  'strong reminder': 'strong_reminder',
  voice: 'voice',
  'escalation 1 of 3': 'tell_duty_leader',
  'escalation 2 of 3': 'tell_commander',
  'escalation 3 of 3, the last': 'tell_commander',
};

describe('叫应阶梯，一直没有人答', () => {
  test.each(groups('ladder'))('%s', (_name, rows) => {
    const { g, key, base } = caseFor(rows[0]);
    const first = rows.filter((r) => /^[2-7]$/.test(r.step ?? ''));
    const fresh = rows.filter((r) => /^[5-7]s$/.test(r.step ?? ''));
    const kind = key.split(':')[0];
    const heard = heardOf(g, base, Number(rows[0]?.term_minutes) * 5, (r) => r.kind === kind);
    const own = heard.filter((h) => h.ring.key === key);
    expect(own.map((h) => h.minute)).toEqual(first.map((r) => Number(r.minute)));
    for (const [i, row] of first.entries()) expect(own[i]?.ring.actions).toContain(DOES[row.rung ?? '']);
    const standIn = heard.filter((h) => h.ring.key !== key && isStandIn(own, h));
    expect(standIn.map((h) => h.minute)).toEqual(fresh.map((r) => Number(r.minute)));
    for (const [i, row] of fresh.entries()) expect(standIn[i]?.ring.actions).toContain(DOES[row.rung ?? '']);
    for (const h of standIn) expect(h.ring.actions).not.toContain('call_stand_in');
  });
});

/** Called at 100 % of this very ask. */
function isStandIn(own: readonly Heard[], { ring }: Heard): boolean {
  const called = own.flatMap((o) => o.rang.asked.filter((a) => a.standInFor === o.ring.people[0]));
  return ring.key === 'activate:stand_in' || called.some((a) => a.id === ring.ask);
}

type Said = `${number} ${string} ${string} ${string}`;
const said = (minute: number, what: string, does: string, role: string): Said => `${minute} ${what} ${does} ${role}`;

/** The rings of one moment as lines of the simulated tables. */
function lines(ringOf: (ring: Ring) => string, roleOf: (person: string) => string) {
  return ({ minute, ring, rang }: Heard): readonly Said[] => {
    const what = ringOf(ring);
    const owners = [...new Set(ring.people.map(roleOf))].join(' and ');
    const does = (action: string): boolean => ring.actions.includes(action as Ring['actions'][number]);
    const told = (people: readonly string[], word: string): readonly Said[] =>
      [...new Set(people.map(roleOf))].map((role) => said(minute, what, word, role));
    const over = ring.percent > 100;
    return [
      ...(does('room_again') ? [said(minute, what, 'reminded', owners)] : []),
      ...(does('strong_reminder') ? [said(minute, what, 'strong reminder', owners)] : []),
      ...(does('voice') ? [said(minute, what, 'voice', owners)] : []),
      ...(does('private_again') && !does('strong_reminder') ? [said(minute, what, `ring ${ring.percent} %`, owners)] : []),
      ...(does('tell_duty_leader') ? told(rang.leaders, over ? 'escalation' : 'told') : []),
      ...(does('tell_office') ? told(rang.office, 'told') : []),
      ...(does('tell_commander') ? told(rang.commanders, 'escalation') : []),
      ...(does('call_stand_in') ? told([...rang.asked.map((a) => a.person), ...(rang.deciders?.people ?? [])], 'asked instead') : []),
      ...(rang.standInOffered === undefined || ring.key !== 'activate' ? [] : [said(minute, what, 'offered', 'duty_leader')]),
    ];
  };
}

/** The same lines from a row of the table; null for what is no ring. */
function lineOf(row: Row, minute: string | undefined, what: string): Said | null {
  const text = row.what ?? '';
  const role = (row.role ?? '').replace(/^on-duty | on duty$/, '');
  const words: readonly (readonly [RegExp, string])[] = [
    [/^reminded/, 'reminded'],
    [/^strong reminder/, 'strong reminder'],
    [/^called by voice/, 'voice'],
    [/^ring (50|80|100) %/, text.match(/^ring \d+ %/)?.[0] ?? ''],
    [/^escalation/, 'escalation'],
    [/^offered/, 'offered'],
    [/^asked in their place/, 'asked instead'],
    [/^told/, 'told'],
  ];
  const found = words.find(([pattern]) => pattern.test(text));
  return found === undefined ? null : said(Number(minute), what, found[1], role);
}

const DECISION = expectedRows('simulate_unanswered_decision.csv');

describe('启动决定一直没有人作（simulate_unanswered_decision.csv）', () => {
  test.each([...new Set(DECISION.map((r) => `${r.plan} ${r.level}`))].map((name) => [name]))('%s', (name) => {
    const rows = DECISION.filter((r) => `${r.plan} ${r.level}` === name);
    const [row] = rows;
    const level = row?.level ?? '';
    const free = level === 'level_free';
    const rules = asTheTablesSay(rulesOf(row?.plan ?? ''));
    const start: Past[] = [reported({ asked: [] }), free ? assessed(null, '09:00') : levelSet(rankOf(level) ?? 0, '09:00')];
    const roles: Readonly<Record<string, string>> = free
      ? { deputy2: 'task_force_leader', net1: 'task_force_deputy' }
      : { director: 'commander', deputy1: 'deputy_commander', hubin1: 'county_bureau_head' };
    const roleOf = (person: string): string => roles[person] ?? ROLES[person] ?? person;
    const heard = heardOf(given(...start).under({ rules }), '09:00', 500, (r) => r.kind === 'activate');
    const expected = rows.flatMap((r) => (r.role === 'duty_officer' ? [] : (lineOf(r, r.minute_from_start, 'activate') ?? [])));
    expect(heard.flatMap(lines(() => 'activate', roleOf)).sort()).toEqual([...expected].sort());
  });
});

const ROLES: Readonly<Record<string, string>> = {
  leader1: 'duty_leader',
  office1: 'emergency_office',
  director: 'commander',
  duty1: 'duty_officer',
  duty2: 'second duty officer or recorded stand-in',
  cons2: 'section_in_charge',
  press1: 'press_section',
  net2: 'section_in_charge',
  net3: 'section_in_charge',
  deputy2: 'task_force_leader',
  hubin1: 'first person of the county',
  hubin2: 'recorded stand-in of the first person',
};

describe.each([
  ['simulate_consumer_unanswered_report.csv', 'consumer-mass-event'],
  ['simulate_network_unanswered_report.csv', 'network-trade-incident'],
])('报告之后一直没有人答（%s）', (file, plan) => {
  const rows = expectedRows(file);

  test('每一分钟响的和表上的一样', () => {
    const rules = asTheTablesSay(rulesOf(plan));
    const g = given(
      reported({ by: 'office1', suggestion: proposal(null), asked: [ask('duty_ack', 'duty1'), ask('prior_handling', 'hubin1')] }),
    );
    const network = plan === 'network-trade-incident';
    const roleOf = (person: string): string => (network && person === 'director' ? 'director' : (ROLES[person] ?? person));
    const heard = heardOf(g.under({ rules, roster: ROSTER }), '09:00', 360, () => true);
    const named = (ring: Ring): string => (ring.kind === 'task_ack' ? 'task_ack 先期处置' : ring.kind);
    const minuteOf = (r: Row): string => r.minute_from_report ?? r.minute_from_start ?? Object.values(r)[0] ?? '';
    const expected = rows.flatMap((r) =>
      r.what?.startsWith('dial list') || r.ask_or_deadline === 'reported' ? [] : (lineOf(r, minuteOf(r), r.ask_or_deadline ?? '') ?? []),
    );
    expect(heard.flatMap(lines(named, roleOf)).sort()).toEqual([...expected].sort());
  });
});

const CALLED = ask('call_out', 'site1', { group: 'on_site' });

describe.each([
  ['simulate_consumer_level1.csv', '1'],
  ['simulate_consumer_level2.csv', '2'],
  ['simulate_consumer_level3.csv', '3'],
  ['simulate_consumer_level4.csv', '4'],
  ['simulate_network.csv', 'level_free'],
])('启动之后一直没有人报（%s）', (file, level) => {
  test('续报、发布、发布会的提醒，每一分钟和表上的一样', () => {
    const rank = rankOf(level);
    const rows = expectedRows(file).filter((r) => /^(progress|opinion|press)/.test(r.ask_or_deadline ?? ''));
    const rules = asTheTablesSay(rulesOf(level === 'level_free' ? 'network-trade-incident' : 'consumer-mass-event'));
    const graded = rank === null ? assessed(null, '09:50') : levelSet(rank, '09:50');
    const g = given(reported({ asked: [] }, '09:30'), graded, activated(rank, [CALLED], '10:00')).under({ rules });
    const roleOf = (person: string): string => (person === 'hubin1' ? 'territorial_bureau' : (ROLES[person] ?? person));
    const horizon = Math.max(360, ...rows.map((r) => Number(r.minute_from_start)));
    const heard = heardOf(g, '10:00', horizon, (r) => /^(progress|opinion|press)/.test(r.kind));
    const expected = rows.flatMap((r) => lineOf(r, r.minute_from_start, (r.ask_or_deadline ?? '').split(' ')[0] ?? '') ?? []);
    expect(heard.flatMap(lines((ring) => ring.kind, roleOf)).sort()).toEqual([...expected].sort());
  });
});
