/** `fenghuo plan simulate …`: exit codes, words for people, one object a line for programs. */
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { plan } from '../../src/cli/plan';
import { CONFIG } from '../core/builders';

const THIRD = join(__dirname, '../fixtures/plan-packs/wholesale-supply');

function run(...args: readonly string[]): { code: number; out: string; err: string } {
  const said = { out: '', err: '' };
  const spies = (['out', 'err'] as const).map((to) =>
    jest.spyOn(to === 'out' ? process.stdout : process.stderr, 'write').mockImplementation((text) => {
      said[to] += String(text);
      return true;
    }),
  );
  try {
    return { code: plan(['simulate', ...args], CONFIG), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

interface Said {
  readonly minute: number;
  readonly clock: string;
  readonly items: readonly { readonly what: string; readonly about: string }[];
}

function objects(out: string): readonly Said[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Said);
}

describe('给人看的', () => {
  test('按分钟列出谁被点名、催办、上报、告知，写明钟点、岗位、姓名、通道和群', () => {
    const { code, out, err } = run('consumer-mass-event', '--level', '3');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('较大（Ⅲ级）');
    expect(out).toContain('第 0 分钟　第 1 日 10:00\n');
    expect(out).toMatch(/群内点名　指挥部工作群 @ 综合协调组负责人 杨协一、.*：集结回复，请回复（限 第 1 日 10:20）/);
    expect(out).toMatch(/强提醒、短信（未配置，略过）　综合协调组负责人 杨协一/);
    expect(out).toContain('私信　总指挥 王总：集结回复，逾期上报（第 2 次，共 3 次，限 第 1 日 10:20）');
    expect(out).toContain('第 336 分钟　第 1 日 15:36\n');
  });

  test('默认 6 小时，--hours 可改；过夜的写第 2 日', () => {
    const last = (out: string): string => [...out.matchAll(/^第 (\S+) 分钟/gm)].at(-1)?.[1] ?? '';
    expect(Number(last(run('consumer-mass-event', '--level', '2').out))).toBeLessThanOrEqual(360);
    const long = run('consumer-mass-event', '--level', '2', '--hours', '48').out;
    expect(Number(last(long))).toBeGreaterThan(2700);
    expect(long).toContain('第 1320 分钟　第 2 日 08:00');
  });

  test('级别可以写数字，也可以写预案自己的叫法', () => {
    const one = run('consumer-mass-event', '--level', '1').out;
    expect([run('consumer-mass-event', '--level', 'Ⅰ').out, run('consumer-mass-event', '--level', '特别重大').out]).toEqual([one, one]);
  });

  test('报告以后无人回复的，不用写级别，末尾写明启动决定没有起算', () => {
    const { code, out } = run('consumer-mass-event', '--story', 'unanswered_report');
    expect(code).toBe(0);
    expect(out).toContain('第 2.5 分钟　第 1 日 09:32:30\n');
    expect(out).toContain('湖滨区局群 @ 湖滨区局局长 华湖一：先期处置，请回复');
    expect(out.trimEnd().split('\n').at(-1)).toBe('  决定是否启动响应，未起算（自定级起算）');
  });

  test('第三个预案按目录给出，通讯录里的空缺写明', () => {
    const { code, out } = run(THIRD, '--level', '联');
    expect(code).toBe(0);
    expect(out).toContain('通讯录中空缺，以岗位名代替：首席协调官');
    expect(out).toContain('私信　（调运组负责人）、（巡价组负责人）：到岗回复，请回复（限 第 1 日 10:07）');
  });
});

test('启动以前请人决定，到期请副职代为决定', () => {
  const { out } = run('network-trade-incident', '--story', 'unanswered_decision');
  expect(out).toContain('09:50 研判；');
  expect(out).toContain('网络交易工作小组群 @ 组长 陈副网：决定是否启动响应，请决定（限 第 1 日 10:50）');
  expect(out).toContain('卫网一：决定是否启动响应，请代为决定，重新计时（限 第 1 日 11:50）');
});

describe('给程序看的', () => {
  test('每行一个对象，键不变', () => {
    const { code, out } = run('network-trade-incident', '--json');
    expect(code).toBe(0);
    const keys = new Set(objects(out).map((line) => Object.keys(line).join()));
    expect([...keys]).toEqual(['minute,day,clock,channel,room,people,skipped,items']);
    const items = new Set(objects(out).flatMap((line) => line.items.map((item) => Object.keys(item).sort().join())));
    expect([...items]).toEqual(['about,ask,due,percent,turn,what']);
  });

  test('只列启动决定的情形里没有别的事', () => {
    const { out } = run('consumer-mass-event', '--level', '4', '--story', 'unanswered_decision', '--hours', '9', '--json');
    const about = new Set(objects(out).flatMap(({ items }) => items.map((item) => item.about)));
    expect([...about]).toEqual(['activate']);
    expect(objects(out).at(-1)).toMatchObject({ minute: 480, clock: '17:50' });
  });
});

describe('不能模拟的', () => {
  test('不分级的预案不用 --level：退出码 1', () => {
    expect(run('network-trade-incident', '--level', '2')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('本预案不分级') });
  });

  test.each([[[]], [['--level', '9']], [['--level', '']]])('分级的预案没有写对级别 %j：退出码 2，列出级别', (args) => {
    const { code, out, err } = run('consumer-mass-event', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('1（特别重大（Ⅰ级））');
    expect(err).toContain('4（一般（Ⅳ级））');
  });

  test.each([
    [[]],
    [['consumer-mass-event', 'network-trade-incident']],
    [['network-trade-incident', '--hours', '0']],
    [['network-trade-incident', '--hours', '721']],
    [['network-trade-incident', '--hours', 'six']],
    [['network-trade-incident', '--story', 'holiday']],
    [['network-trade-incident', '--colour']],
  ])('用法不对 %j：退出码 2，给出用法', (args) => {
    expect(run(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('用法：fenghuo plan simulate') });
  });

  test('没有这个预案、没有这个单位目录：退出码 1，写明是哪个文件', () => {
    expect(run('no-such-plan')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('no-such-plan') });
    expect(run('network-trade-incident', '--bureau', '/nowhere')).toMatchObject({ code: 1, err: expect.stringContaining('/nowhere') });
  });
});
