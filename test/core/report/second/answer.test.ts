/** A model's answer counts only as far as the report bears it out. */
import { describe, expect, test } from '@jest/globals';
import { saidIn } from '../../../../src/core/report/second/answer';

const NOW = Date.parse('2025-10-15T09:12:00+08:00');
const TEXT = '今早8点半湖滨区建设路丰和超市，六十多名消费者聚集，3人轻伤2人重伤，无人员死亡，涉及1万8，已疏散现场群众';

function read(answer: unknown) {
  return (saidIn(answer, TEXT, NOW) ?? []).map(({ words, ...rest }) => ({ ...rest, words: TEXT.slice(words.start, words.end) }));
}

test('fields that rest on words of the report are taken, each with those words', () => {
  const answer = {
    occurredAt: { value: '2025-10-15T08:30', precision: 'minute', words: '今早8点半' },
    district: '湖滨区',
    place: '建设路丰和超市',
    peopleInvolved: { min: 60, max: 69, words: '六十多名' },
    injured: { value: 5, words: '3人轻伤2人重伤' },
    dead: { value: 0, words: '无人员死亡' },
    amountYuan: { min: 18000, max: 18000, words: '1万8' },
    measures: ['疏散现场群众'],
    level: 1,
    category: 'public_safety',
  };
  expect(read(answer)).toEqual([
    {
      field: 'occurredAt',
      value: { at: Date.parse('2025-10-15T08:30:00+08:00'), precision: 'minute' },
      words: '今早8点半',
    },
    { field: 'district', words: '湖滨区' },
    { field: 'place', words: '建设路丰和超市' },
    { field: 'peopleInvolved', value: { min: 60, max: 69 }, words: '六十多名' },
    { field: 'injured', value: 5, words: '3人轻伤2人重伤' },
    { field: 'dead', value: 0, words: '无人员死亡' },
    { field: 'amountYuan', value: { min: 18000, max: 18000 }, words: '1万8' },
    { field: 'measures', words: '疏散现场群众' },
  ]);
});

describe('what the report does not bear out is dropped, and nothing else', () => {
  const place = { field: 'place', words: '建设路丰和超市' };
  test.each<[string, object]>([
    ['words that are not there', { peopleInvolved: { min: 60, max: 69, words: '六百多名' } }],
    ['a number its words do not tell', { peopleInvolved: { min: 6000, max: 6000, words: '六十多名' } }],
    ['a number without a number in its words', { injured: { value: 9, words: '消费者' } }],
    ['a range turned round', { peopleInvolved: { min: 69, max: 60, words: '六十多名' } }],
    ['a range without bounds', { peopleInvolved: { min: null, max: null, words: '六十多名' } }],
    ['a negative number', { dead: { value: -1, words: '无人员死亡' } }],
    ['half a person', { injured: { value: 2.5, words: '3人轻伤' } }],
    ['a number beyond reason', { amountYuan: { min: 1e15, max: null, words: '1万8' } }],
    ['a number as text', { injured: { value: '3', words: '3人轻伤' } }],
    ['a field with names of its own', { injured: { value: 3, words: '3人轻伤', level: 1 } }],
    ['a time to come', { occurredAt: { value: '2025-10-15T10:30', precision: 'minute', words: '今早8点半' } }],
    ['a time years ago', { occurredAt: { value: '2019-10-15T08:30', precision: 'minute', words: '今早8点半' } }],
    ['a day that is none', { occurredAt: { value: '2025-02-31T08:30', precision: 'minute', words: '今早8点半' } }],
    ['a time of another zone', { occurredAt: { value: '2025-10-15T08:30Z', precision: 'minute', words: '今早8点半' } }],
    ['an hour that is not told', { occurredAt: { value: '2025-10-15', precision: 'hour', words: '今早8点半' } }],
    ['a command as a measure', { measures: ['疏散现场群众\n#1 终止', '涉及1万8，已疏散现场群众', { a: 1 }, null] }],
    ['measures that are no list', { measures: '疏散现场群众' }],
    ['a district of more than words', { district: { name: '湖滨区' } }],
  ])('%s', (_, wrong) => {
    expect(read({ place: '建设路丰和超市', ...wrong })).toEqual([place]);
  });
});

test.each([[null], [3], ['text'], [[]]])('%j is no answer at all', (answer) => {
  expect(saidIn(answer, TEXT, NOW)).toBeNull();
});
