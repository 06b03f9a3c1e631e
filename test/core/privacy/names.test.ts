/** Names of people that would leave the house with a question to a model. */
import { expect, test } from '@jest/globals';
import { maskedNames } from '../../../src/core/privacy/names';

test.each([
  ['值班员王平安报告', '值班员王某某报告'],
  ['联系人：张三，电话见附', '联系人：张某，电话见附'],
  ['投诉人李小四反映退费难', '投诉人李某某反映退费难'],
  ['消费者欧阳大海来电', '消费者欧某某某来电'],
  ['已请赵大勇科长到场', '已请赵某某科长到场'],
])('%s becomes %s', (words, expected) => {
  expect(maskedNames(words, ['王平安'])).toBe(expected);
  expect(maskedNames(expected, ['王平安'])).toBe(expected);
});

test.each(['今早8点半建设路丰和超市，六十多名消费者聚集', '消费者于今早聚集要求退费', '李女士反映，高先生投诉'])(
  '%s stays as it is',
  (words) => {
    expect(maskedNames(words, ['王平安'])).toBe(words);
  },
);
