/** What must not leave the house with a question to a model. */
import { expect, test } from '@jest/globals';
import { maskedToLeave } from '../../../src/core/privacy/leaving';

test.each([
  ['电话13800000000', '电话138****0000'],
  ['打138 0000 0000 或 138-0000-0000', '打**** 或 ****'],
  ['手机１３８００００００００', '手机****'],
  ['联系电话：2000000，座机 010-20000000', '联系电话：****，座机 010****0000'],
  ['证件号 110101190001010000，卡号6200 0000 0000 0000 000', '证件号 11**************00，卡号****'],
  ['微信号码 20000000', '微信号码 ****'],
  ['值班员王平安报告', '值班员王某某报告'],
  ['联系人：张三，电话见附', '联系人：张某，电话见附'],
  ['投诉人李小四反映退费难', '投诉人李某某反映退费难'],
  ['消费者欧阳大海来电', '消费者欧某某某来电'],
  ['已请赵大勇科长到场', '已请赵某某科长到场'],
])('%s becomes %s', (words, expected) => {
  expect(maskedToLeave(words, ['王平安'])).toBe(expected);
  expect(maskedToLeave(expected, ['王平安'])).toBe(expected);
});

test.each([
  '2025-10-15 08:30，损失1200000元，涉及2000000件，12345热线转来',
  '今早8点半建设路丰和超市，六十多名消费者聚集',
  '消费者于今早聚集要求退费',
  '李女士反映，高先生投诉',
])('%s stays as it is', (words) => {
  expect(maskedToLeave(words, ['王平安'])).toBe(words);
});
