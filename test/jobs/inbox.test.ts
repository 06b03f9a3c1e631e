/** What was typed and refused: whoever keeps the log sees that it was tried, by whom and why not, and not one word of it. */
import { expect, test } from '@jest/globals';
import { createRefusals } from '../../src/ports/refusals';
import { openRoad } from '../bot/road';

interface Line {
  readonly level: string;
  readonly words: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const lines: Line[] = [];
const write =
  (level: string) =>
  (fields: Readonly<Record<string, unknown>>, words: string): void =>
    void lines.push({ level, fields, words });
const refusals = createRefusals();
const road = openRoad({
  log: { debug: () => undefined, info: write('info'), warn: write('warn'), error: write('error') },
  refusals,
});
const told = async (from: string, text: string): Promise<readonly Line[]> => {
  const before = lines.length;
  await road.say('duty', from, text);
  return lines.slice(before);
};

test('没有权限的人打的指令：回一句话，日志一行，只有代码和是谁，事件不变', async () => {
  await road.say('duty', 'duty1', '湖滨区建设路丰和超市六十多名消费者聚集退费');
  const before = JSON.stringify(road.incidents());
  expect(await told('guest1', '#1 不属实 秘密的理由')).toEqual([
    { level: 'warn', words: 'attempt refused', fields: { inbox: '2', code: expect.stringMatching(/^[a-z_]+$/), person: 'guest1' } },
  ]);
  expect(await told('duty1', '#77 终止 秘密的理由')).toEqual([
    { level: 'warn', words: 'attempt refused', fields: { inbox: '3', code: 'no_incident', person: 'duty1' } },
  ]);
  expect(JSON.stringify(road.incidents())).toBe(before);
  expect([...refusals.byCode().values()]).toEqual([1, 1]);
  expect(JSON.stringify(lines)).not.toContain('秘密');
});

test('看不懂的、被拦截的和办成的，日志里也各有一行，写明怎样了结', async () => {
  for (const [text, outcome] of [
    ['定疾 3', 'unknown_verb'],
    ['机密★一年 湖滨区某地一百人聚集', 'stopped'],
    ['列表', 'list'],
  ] as const)
    expect(await told('duty1', text)).toMatchObject([{ level: 'info', words: 'message handled', fields: { outcome } }]);
});
