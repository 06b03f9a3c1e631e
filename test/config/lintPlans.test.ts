/** `plan lint` looks at what an office has: one pack, a folder of packs or the whole config folder, under every profile a pack allows. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { lintPlans } from '../../src/config/lintPlans';
import { SCHEMAS, schemaText } from '../../src/config/planSchemas';
import { CONFIG } from '../core/builders';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fenghuo-lint-'));
  for (const part of ['plan-packs', 'deadline-profiles', 'wording']) cpSync(join(CONFIG, part), join(dir, part), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function change(file: string, find: string, put: string): void {
  const text = readFileSync(join(dir, file), 'utf8');
  expect(text).toContain(find);
  writeFileSync(join(dir, file), text.replace(find, put));
}

test('随程序发布的预案包、时限档案、文书要素没有一处错误，从哪一层文件夹看都一样', () => {
  const whole = lintPlans(CONFIG);
  expect(whole.faults).toEqual([]);
  expect(whole.files).toHaveLength(8);
  expect(lintPlans(join(CONFIG, 'plan-packs'))).toEqual(whole);
  expect(lintPlans(join(CONFIG, 'plan-packs', 'network-trade-incident'))).toMatchObject({ faults: [] });
});

test('测试用的第三个预案同样没有错误', () => {
  expect(lintPlans(join(__dirname, '../fixtures')).faults).toEqual([]);
});

test('每一份可选的时限档案都要合用：只有一份缺少环节，也指出来，只说一次', () => {
  change('deadline-profiles/fast_city.yaml', '  - id: press_conference', '  - id: press_meeting');
  const { faults } = lintPlans(dir);
  expect(faults.map((f) => [f.code, f.zh])).toEqual([['unknown_deadline', '时限档案没有这个环节：press_conference']]);
});

test.each([
  ['没有这份档案', 'half_hour, fast_city', 'half_hour, other_city'],
  ['档案只作记录', 'half_hour, fast_city', 'half_hour, four_hour_ceiling'],
])('%s：不能列为可选', (_what, find, put) => {
  change('plan-packs/network-trade-incident/pack.yaml', find, put);
  expect(lintPlans(dir).faults).toMatchObject([
    { code: 'unknown_profile', file: join(dir, 'plan-packs/network-trade-incident/pack.yaml') },
  ]);
});

test('文书要素的错误一并列出，注明文件、行和一句话', () => {
  change('wording/papers.yaml', 'fill: duty_leaders', 'fill: duty_chiefs');
  expect(lintPlans(dir).faults).toEqual([
    { file: join(dir, 'wording/papers.yaml'), line: expect.any(Number), code: 'unknown_fill', zh: expect.stringContaining('duty_chiefs') },
  ]);
});

test('预案里没有路径可走的文书指出来，预案里一条报告路径都没有时逐种列出', () => {
  const pack = join(dir, 'plan-packs/network-trade-incident/pack.yaml');
  const text = readFileSync(pack, 'utf8');
  writeFileSync(pack, text.replace(/papers: \[(?:first_report|progress_report)[^\]]*\]/g, 'papers: []'));
  const { faults } = lintPlans(dir);
  const pathless = faults.filter(({ code }) => code === 'no_path');
  expect(pathless.map(({ zh }) => zh)).toContainEqual(expect.stringContaining('network-trade-incident 没有报送首报的路径'));
  expect(pathless.every(({ zh }) => !zh.includes('consumer-mass-event'))).toBe(true);
});

test('没有预案包的文件夹是一处错误', () => {
  expect(lintPlans(join(dir, 'deadline-profiles')).faults).toMatchObject([{ code: 'no_pack', line: 0 }]);
});

test('编辑器用的 JSON Schema 与程序检查的一致', () => {
  for (const { schema, file } of Object.values(SCHEMAS)) {
    expect(JSON.parse(readFileSync(join(CONFIG, file), 'utf8'))).toEqual(JSON.parse(schemaText(schema)));
  }
});

test('JSON Schema 不认识的项一律拒绝：预案是数据，不是程序', () => {
  const open: string[] = [];
  const walk = (shape: unknown, path: string): void => {
    if (typeof shape !== 'object' || shape === null) return;
    if ('properties' in shape && (!('additionalProperties' in shape) || shape.additionalProperties !== false)) open.push(path);
    for (const [key, inner] of Object.entries(shape)) walk(inner, `${path}/${key}`);
  };
  for (const { schema } of Object.values(SCHEMAS)) walk(JSON.parse(schemaText(schema)), '');
  expect(open).toEqual([]);
});
