import { expect, test } from '@jest/globals';
import { normalise } from '../../../src/core/report/normal';

test('无论信息里用哪种空白，规则只见到空格和换行', () => {
  const blanks = new Set<string>();
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const { text } = normalise(`退${String.fromCharCode(unit)}费`);
    for (const blank of text.match(/\s/g) ?? []) blanks.add(blank);
  }
  expect([...blanks].sort()).toEqual(['\n', ' ']);
});

test.each([
  ['用平常符号写的信息', '今早8点半,湖滨区“丰和”超市(建设路)有60名消费者聚集。', true],
  ['全角数字', '６０名消费者', false],
  ['直引号', '"丰和"超市', false],
  ['数字里的千分号', '涉及12,500元', false],
  ['数字后的逗号', '涉及12,5000元', true],
])('%s：是否照原样读：%s', (_, message, asItStands) => {
  expect(normalise(message).text === message).toBe(asItStands);
});
