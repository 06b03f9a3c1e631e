/** What a second reading offers: lines that do, when a person types them, exactly what they say. */
import { describe, expect, test } from '@jest/globals';
import { found, NO_FIELDS, type ReportFields } from '../../../../src/core/report/fields';
import { readReport } from '../../../../src/core/report/read';
import { saidIn } from '../../../../src/core/report/second/answer';
import { lineOf, offersOf } from '../../../../src/core/report/second/offers';
import { LEXICON } from '../bureau';

const NOW = Date.parse('2025-10-15T09:12:00+08:00');
const TEXT = '今早8点半灵宝市那边建设路丰和超市，六十多名消费者聚集，3人受伤，无人死亡，涉及1万8，已疏散现场群众，过半人数散去';
const EVERYTHING = {
  occurredAt: { value: '2025-10-15T08:30', precision: 'minute', words: '今早8点半' },
  district: '灵宝市',
  place: '建设路丰和超市',
  peopleInvolved: { min: 60, max: 69, words: '六十多名' },
  injured: { value: 3, words: '3人受伤' },
  dead: { value: 0, words: '无人死亡' },
  amountYuan: { min: 18000, max: 18000, words: '1万8' },
  measures: ['疏散现场群众'],
};

function offered(answer: object, fields: ReportFields, text = TEXT): readonly string[] {
  const offers = offersOf(saidIn(answer, text, NOW) ?? [], text, { fields, now: NOW, lexicon: LEXICON });
  return offers.map((offer) => `${offer.how} ${lineOf(offer, text)}`);
}

test('an empty record is offered every field, each as a line that the rules read as meant', () => {
  const lines = offered(EVERYTHING, NO_FIELDS);
  expect(lines).toEqual([
    'supplement 第二阅读：时间：2025年10月15日8时30分',
    'supplement 第二阅读：地点：灵宝市',
    'supplement 第二阅读：地点：建设路丰和超市',
    'supplement 第二阅读：涉及60至69人',
    'supplement 第二阅读：受伤3人',
    'supplement 第二阅读：死亡0人',
    'supplement 第二阅读：涉案金额18000元',
    'supplement 第二阅读：已采取措施：疏散现场群众',
  ]);
});

test('a record that holds it all is offered nothing', () => {
  const { fields } = readReport(TEXT, NOW, LEXICON, 'report');
  expect(fields.occurredAt).not.toBeNull();
  expect(offered(EVERYTHING, { ...fields, peopleInvolved: found({ min: 60, max: 69 }, [], 1, 'told') })).toEqual([]);
});

describe('beside a field that stands', () => {
  const people: ReportFields = { ...NO_FIELDS, peopleInvolved: found({ min: 200, max: 299 }, [], 1, 'told') };
  test('the injured are offered with the people who are involved, so that these stay as they are', () => {
    const [line] = offered({ injured: EVERYTHING.injured }, people);
    expect(line).toBe('supplement 第二阅读：涉及200至299人，受伤3人');
    const read = readReport('第二阅读：涉及200至299人，受伤3人', NOW, LEXICON, 'report').fields;
    expect([read.peopleInvolved?.value, read.injured?.value]).toEqual([{ min: 200, max: 299 }, 3]);
  });
  test('a number that lies wholly elsewhere is offered as a correction, one that overlaps is not', () => {
    expect(offered({ peopleInvolved: EVERYTHING.peopleInvolved }, people)).toEqual(['correction 第二阅读：涉及60至69人']);
    const near: ReportFields = { ...NO_FIELDS, peopleInvolved: found({ min: 65, max: null }, [], 1, 'told') };
    expect(offered({ peopleInvolved: EVERYTHING.peopleInvolved }, near)).toEqual([]);
  });
  test('another half hour is a correction, a few minutes are not', () => {
    const at = (clock: string): ReportFields => ({
      ...NO_FIELDS,
      occurredAt: found({ at: Date.parse(`2025-10-15T${clock}:00+08:00`), precision: 'minute' as const }, [], 1, 'told'),
    });
    expect(offered({ occurredAt: EVERYTHING.occurredAt }, at('07:30'))).toEqual(['correction 第二阅读：时间：2025年10月15日8时30分']);
    expect(offered({ occurredAt: EVERYTHING.occurredAt }, at('08:20'))).toEqual([]);
  });
  test('a place told at greater length is no other place', () => {
    const at = (place: string): ReportFields => ({ ...NO_FIELDS, place: found(place, [], 1, 'told') });
    expect(offered({ place: '建设路丰和超市' }, at('建设路丰和超市一楼'))).toEqual([]);
    expect(offered({ place: '建设路丰和超市' }, at('人民路'))).toEqual(['correction 第二阅读：地点：建设路丰和超市']);
  });
});

test('what the rules would not read from its own line is not offered', () => {
  expect(offered({ place: '过半人数散去' }, NO_FIELDS)).toEqual([]);
});
