/** No code knows a plan: what a pack names stands in no text of the sources, and a plan of quite another kind runs on the same code. */
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RulebookSource, readRulebooks } from '../../../src/config/rulebooks';
import { graded, suggestAmong } from '../../../src/core/grading/suggest';
import type { PlanPack } from '../../../src/core/plans/packSchema';
import { levelNamed, minutesOf, type Rulebook } from '../../../src/core/plans/rulebook';
import { readReport } from '../../../src/core/report/read';
import { sha256 } from '../../../src/wiring/chance';
import type { Node, Source } from '../../architecture/source';
import { sourcesBelow, sourcesOf } from '../../architecture/source';
import { activate, CONFIG, clock, event, given, setLevel } from '../builders';
import { levelSet, reported } from '../past';
import { LEXICON } from '../report/bureau';

const FIXTURES = join(__dirname, '../../fixtures');
const SHIPPED = packsBelow(CONFIG, 'standard');
const THIRD = only(packsBelow(FIXTURES, 'market-hours'));
const PACKS = [...SHIPPED, THIRD].map((r) => r.pack);

/** Roles that belong to every duty room (procedure section 4): code may name them, since rosters and commands do. */
const DUTY_ROOM_ROLES = [
  'duty_officer',
  'duty_leader',
  'director',
  'emergency_office',
  'territorial_head',
  'section_head',
  'section_in_charge',
  'commander',
  'deputy_commander',
  'deputy_director',
];
/** Ids that mean something of their own in code, and what. */
const HOMONYMS: Readonly<Record<string, string>> = { measures: 'what a report says was done' };

interface Words {
  /** Never a whole text of the sources: ids, signs and what people type. */
  readonly whole: ReadonlySet<string>;
  /** Never inside a text: titles. */
  readonly titles: readonly string[];
}

function wordsOf(pack: PlanPack): Words {
  const roles = pack.roles.filter((role) => !DUTY_ROOM_ROLES.includes(role.id));
  const entries = [...pack.groups, ...pack.categories, ...pack.functions, ...roles];
  const typed = pack.levels.flatMap((l) => [l.sign, ...l.names.filter((name) => !/^\d$/.test(name))]);
  return {
    whole: new Set([...entries.map((e) => e.id).filter((id) => !Object.hasOwn(HOMONYMS, id)), ...typed]),
    titles: [...pack.levels.map((l) => l.zh), ...entries.map((e) => e.zh), pack.command.organ, pack.title, pack.short_title],
  };
}

/** Every whole text that is a pack's word, and every text that holds one of its titles. */
function saidIn(sources: readonly Source[], { whole, titles }: Words): readonly string[] {
  return sources.flatMap((file) =>
    file.nodes.flatMap((node) => {
      const text = textOf(node);
      const word = text === null ? undefined : whole.has(text) ? text : titles.find((title) => text.includes(title));
      return word === undefined ? [] : [`${file.path}:${file.lineOf(node)} ${word}`];
    }),
  );
}

function textOf(node: Node): string | null {
  if (node.type === 'StringLiteral') return String(node.value);
  if (node.type === 'RegExpLiteral') return String(node.pattern);
  return node.type === 'TemplateElement' ? String(node.cooked ?? node.raw) : null;
}

function packsBelow(dir: string, profile: string): readonly Rulebook[] {
  const read = readRulebooks(dir, profile, sha256);
  if (read.is === 'faults') throw new Error(JSON.stringify(read.faults));
  return read.rulebooks.map((r: RulebookSource) => r.rulebook);
}

function only<T>(values: readonly T[]): T {
  const [first, ...others] = values;
  if (first === undefined || others.length > 0) throw new Error(`expected one, got ${values.length}`);
  return first;
}

describe('程序里没有任何预案的用词', () => {
  const sources = sourcesBelow(join(__dirname, '../../../src'));

  test.each(PACKS.map((pack) => [pack.short_title, pack] as const))('%s 的级别、类别、工作组、职能、岗位都不在源码里', (_title, pack) => {
    const words = wordsOf(pack);
    expect(words.titles.length).toBeGreaterThan(10);
    expect(saidIn(sources, words)).toEqual([]);
  });

  test('写进源码就会被发现', () => {
    const all = PACKS.map(wordsOf);
    const words = { whole: new Set(all.flatMap((w) => [...w.whole])), titles: all.flatMap((w) => w.titles) };
    const spoken = [
      "const a = '请调运组到场';",
      "const b = group === 'haulage';",
      'const c = `已请示首席协调官`;',
      'const d = /舆情监测组/;',
    ];
    for (const [i, text] of spoken.entries()) expect(saidIn(sourcesOf({ [`core/x${i}.ts`]: text }), words)).toHaveLength(1);
  });
});

describe('一个完全不同的预案不用写程序', () => {
  const roster = {
    ...given().scene.roster,
    grants: [
      ...given().scene.roster.grants,
      { person: 'net1', role: 'chief_coordinator', scope: 'wholesale-supply' },
      { person: 'net2', role: 'vice_coordinator', scope: 'wholesale-supply' },
      { person: 'cons1', role: 'group_leader', scope: 'haulage' },
      { person: 'cons2', role: 'group_leader', scope: 'price_patrol' },
    ],
  };
  const scene = { rules: THIRD, roster };

  test('它的词把报告归到它名下，级别依它的指标', () => {
    const text = '今早6点，湖滨区蔬菜批发市场断供，摊位陆续停业';
    const s = suggestAmong([...SHIPPED, THIRD], text, readReport(text, clock('09:00'), LEXICON));
    expect([s.plan, s.category]).toEqual(['wholesale-supply', 'supply_cut']);
    const measured = (n: number) => graded(THIRD, [{ measure: 'stalls_closed', interval: { min: n, max: n }, spans: [] }]).rank;
    expect([79, 80, 299, 300].map(measured)).toEqual([3, 2, 2, 1]);
  });

  test('级别用它自己的叫法，时限用它自己的列', () => {
    expect(['联', '片区', '单场自救', 'Ⅲ'].map((word) => levelNamed(THIRD, word)?.rank)).toEqual([1, 2, 3, undefined]);
    expect([1, 2, 3, null].map((rank) => minutesOf(THIRD, 'group_ack', rank))).toEqual([7, 14, 21, 14]);
  });

  test('只有它的首席协调官可以定最重一级，启动叫它的两个组', () => {
    const opened = given(reported()).under(scene);
    expect(opened.when('net2', setLevel(1)).is).toBe('refusal');
    expect(event(opened.when('net1', setLevel(1)), 'LevelSet')).toMatchObject({ rank: 1, status: 'proposed' });
    const started = event(given(reported(), levelSet(2)).under(scene).when('net1', activate()), 'ResponseActivated');
    expect(started.asked.map((a) => [a.group, a.person])).toEqual([
      ['haulage', 'cons1'],
      ['price_patrol', 'cons2'],
    ]);
  });
});
