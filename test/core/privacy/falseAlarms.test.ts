/** Words of state secrets against everyday reports: all seeded ones are stopped, hardly any clean one is (at most 1 in 100). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { screen } from '../../../src/core/privacy/screen';

const FILES = ['dev', 'fresh-150', 'fresh-150b', 'fresh-150c'];
const REPORTS: readonly string[] = FILES.flatMap((name) =>
  readFileSync(join(__dirname, `../../fixtures/reports/${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { readonly text: string }).text),
);
/** As people write them: plain, spaced, wide, with marks, inside other words. */
const SEEDS = [
  ...['此件绝密', '绝 密', '绝\u200b密文件', '【绝密】', '属绝密级', '系机密', '机密文件一份', '机 密 级', '（机密）', '省里的机密通报'],
  ...[
    '秘密★10年',
    '秘密 ★ 一年',
    '秘密★',
    '秘密☆5年',
    '秘密文件',
    '秘密级材料',
    '机密★20年',
    '★20年',
    '绝密★长期',
    '涉及商业秘密，另附绝密件',
  ],
];

test('日常报告几乎不误拦：每百条至多一条', () => {
  expect(REPORTS.length).toBeGreaterThanOrEqual(200);
  const stopped = REPORTS.filter((text) => screen(text).is === 'stopped');
  expect({ stopped, share: stopped.length / REPORTS.length <= 0.01 }).toMatchObject({ share: true });
});

test.each(SEEDS)('报告里夹有“%s”：无论在头、在尾、在中间都拦下', (seed) => {
  const [text = ''] = REPORTS;
  const middle = Math.floor(text.length / 2);
  for (const mixed of [`${seed}。${text}`, `${text}。${seed}`, `${text.slice(0, middle)}，${seed}，${text.slice(middle)}`])
    expect([mixed, screen(mixed).is]).toEqual([mixed, 'stopped']);
});
