import { describe, expect, test } from '@jest/globals';
import { isCardRefusal, reactionTo } from '../../../src/bot/wecom/codes';
import { readAnswer, resultOfCode } from '../../../src/bot/wecom/results';
import { testDeps } from '../wire/support';
import { CODES } from './codeTable';

describe('the platform’s error codes', () => {
  test.each([
    [-1, { is: 'road', code: '-1', blocks: 'outlet', waitMs: 2000 }],
    [6000, { is: 'road', code: '6000', blocks: 'outlet', waitMs: 2000 }],
    [45033, { is: 'road', code: '45033', blocks: 'outlet', waitMs: 2000 }],
    [45009, { is: 'road', code: '45009', blocks: 'outlet', waitMs: 60_000 }],
    [846609, { is: 'road', code: '846609', blocks: 'outlet', waitMs: 2000 }],
    [600039, { is: 'refused', code: '600039', fault: 'capability' }],
    [93006, { is: 'refused', code: '93006', fault: 'capability' }],
    [43012, { is: 'refused', code: '43012', fault: 'capability' }],
    [40008, { is: 'refused', code: '40008', fault: 'capability' }],
    [42038, { is: 'refused', code: '42038', fault: 'capability' }],
    [60140, { is: 'refused', code: '60140', fault: 'capability' }],
    [93000, { is: 'refused', code: '93000', fault: 'permission' }],
    [40001, { is: 'refused', code: '40001', fault: 'permission' }],
    [60020, { is: 'refused', code: '60020', fault: 'permission' }],
    [48002, { is: 'refused', code: '48002', fault: 'permission' }],
    [81013, { is: 'refused', code: '81013', fault: 'receiver' }],
    [60111, { is: 'refused', code: '60111', fault: 'receiver' }],
    [45002, { is: 'refused', code: '45002', fault: 'content' }],
    [40058, { is: 'refused', code: '40058', fault: 'content' }],
    [85002, { is: 'refused', code: '85002', fault: 'content' }],
    [41001, { is: 'refused', code: '41001', fault: 'content' }],
    [987654, { is: 'refused', code: '987654', fault: 'content' }],
  ])('%i ends a sending as the dossier says', (code, result) => {
    expect(resultOfCode(code, 'x', { channel: 'c', log: testDeps().log })).toEqual(result);
  });

  test.each(CODES)('$code: $does', ({ code, level, end }) => {
    const deps = testDeps();
    expect(resultOfCode(code, 'x', { channel: 'c', log: deps.log })).toEqual({ code: String(code), ...end });
    expect(deps.lines.map((line) => line.split(' ')[0])).toEqual([level]);
  });

  test('each stands in one class only', () => expect(new Set(CODES.map(({ code }) => code)).size).toBe(CODES.length));

  test('a card is said in words for every code that may refuse a card, and for no other', () => {
    const codes = CODES.filter(({ code }) => isCardRefusal(String(code)));
    const cards = CODES.filter(({ does }) => does === 'card: in words, and alert').map(({ code }) => code);
    expect(codes.map(({ code }) => code).sort()).toEqual([...cards, 43012, 40008, 40058].sort());
  });

  test('an unknown code is never repeated, and an operator reads of it with its hint', () => {
    const deps = testDeps();
    resultOfCode(987654, `odd, hint: [1584418500_7], key ${'k'.repeat(43)}`, { channel: 'c', log: deps.log });
    expect(deps.lines.join()).toMatch(/^error .*unknown code/);
    expect(deps.lines.join()).toContain('1584418500_7');
    expect(deps.lines.join()).not.toContain('k'.repeat(43));
  });

  test('only an expired or unknown token is fetched anew', () => {
    expect([40014, 42001, 40001, 41001, 40013].map((code) => reactionTo(code).is)).toEqual([
      'token',
      'token',
      'token',
      'refused',
      'refused',
    ]);
  });
});

describe('answers that are none', () => {
  test.each([
    [
      { is: 'not_sent', why: 'ECONNREFUSED' },
      { is: 'road', code: 'ECONNREFUSED', blocks: 'outlet', waitMs: 2000 },
    ],
    [
      { is: 'no_answer', why: 'time_limit' },
      { is: 'unknown', what: 'time_limit' },
    ],
    [
      { is: 'answer', status: 500, body: '' },
      { is: 'road', code: 'http_500', blocks: 'outlet', waitMs: 2000 },
    ],
    [
      { is: 'answer', status: 302, body: '' },
      { is: 'road', code: 'http_302', blocks: 'outlet', waitMs: 2000 },
    ],
    [
      { is: 'answer', status: 404, body: '' },
      { is: 'refused', code: 'http_404', fault: 'capability' },
    ],
    [
      { is: 'answer', status: 200, body: '<html>' },
      { is: 'unknown', what: 'answer_unreadable' },
    ],
  ] as const)('%j', (end, result) => expect(readAnswer(end)).toEqual({ is: 'end', result }));
});
