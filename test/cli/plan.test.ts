/** `fenghuo plan …`: exit code, what goes to stdout and what to stderr. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { plan } from '../../src/cli/plan';
import { CONFIG } from '../core/builders';
import { shippedRulebooks } from '../core/report/bureau';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fenghuo-plan-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function run(...args: readonly string[]): { code: number; out: string; err: string } {
  const said = { out: '', err: '' };
  const spies = (['out', 'err'] as const).map((to) =>
    jest.spyOn(to === 'out' ? process.stdout : process.stderr, 'write').mockImplementation((text) => {
      said[to] += String(text);
      return true;
    }),
  );
  try {
    return { code: plan(args, CONFIG), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

function faulty(): string {
  for (const part of ['plan-packs', 'deadline-profiles']) cpSync(join(CONFIG, part), join(dir, part), { recursive: true });
  const file = join(dir, 'plan-packs/consumer-mass-event/pack.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('nature: template', 'nature: template\ncolour: red'));
  return file;
}

describe('plan lint', () => {
  test('没有错误：退出码 0，列出看过的文件', () => {
    const { code, out, err } = run('lint');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('consumer-mass-event');
    expect(out).toContain('没有错误');
  });

  test('没有错误时 --json 给出空的错误表', () => {
    const { code, out } = run('lint', join(CONFIG, 'plan-packs'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, faults: [] });
  });

  test('有错误：退出码 1，每处一行，文件、行号、一句话', () => {
    const file = faulty();
    const { code, out } = run('lint', dir);
    expect(code).toBe(1);
    const line = readFileSync(file, 'utf8').split('\n').indexOf('colour: red') + 1;
    expect(out.split('\n')).toContain(`${file}:${line} colour：没有这一项，请核对名称`);
    expect(out).toContain('共 1 处错误');
  });

  test('有错误时 --json 给出文件、行、代码和一句话', () => {
    const file = faulty();
    const { code, out } = run('lint', dir, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).faults).toEqual([
      { file, line: expect.any(Number), code: 'unknown_key', zh: expect.stringContaining('colour') },
    ]);
  });
});

describe('plan show', () => {
  test.each(shippedRulebooks().map((r) => [r.pack.pack, r.pack] as const))('%s：类别、工作组、职能、步骤、文书和条款都在', (id, pack) => {
    const { code, out } = run('show', id);
    expect(code).toBe(0);
    const named = [
      ...pack.levels,
      ...pack.categories,
      ...pack.groups,
      ...pack.functions,
      ...pack.procedure,
      ...pack.roles,
      ...pack.after_action,
    ];
    for (const { zh, clause } of named) for (const text of [zh, clause]) if (text !== 'unspecified') expect(out).toContain(text);
    expect(out).not.toContain('unspecified');
    expect(out).not.toContain('undefined');
    expect(out).not.toContain('本系统自定：本系统自定');
  });

  test('分级的预案写明谁可以定为哪一级、数字是谁的', () => {
    const { out } = run('show', 'consumer-mass-event');
    expect(out).toContain('定级：总指挥（待上级确认）');
    expect(out).toContain('现场聚集 50 人以上、不足 200（本系统自定）');
    expect(out).toContain('书面首报：Ⅰ 35分钟，Ⅱ 35分钟，Ⅲ 60分钟，Ⅳ 360分钟');
  });

  test('不分级的预案写明不分级和由谁启动', () => {
    const { out } = run('show', 'network-trade-incident');
    expect(out).toContain('本预案不分级。启动：组长');
    expect(out).not.toMatch(/[ⅠⅡⅢⅣ]：/);
  });

  test('没有这个预案：退出码 1，说清缺哪个文件', () => {
    const { code, out, err } = run('show', 'nothing-here');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('nothing-here');
  });

  test('--json 给出整个预案', () => {
    expect(JSON.parse(run('show', 'network-trade-incident', '--json').out)).toMatchObject({
      pack: 'network-trade-incident',
      level_scheme: 'none',
    });
  });
});

test('plan schema 给出可用的 JSON Schema', () => {
  expect(JSON.parse(run('schema').out)).toMatchObject({ type: 'object', additionalProperties: false });
  expect(JSON.parse(run('schema', 'profile').out).properties).toHaveProperty('clock_ladder');
});

test.each([[[]], [['draw']], [['show']], [['lint', 'a', 'b']], [['lint', '--loud']], [['schema', 'people']]])(
  '用法不对（%j）：退出码 2，说明用法',
  (args) => {
    const { code, err } = run(...args);
    expect(code).toBe(2);
    expect(err).toContain('用法：fenghuo plan');
  },
);
