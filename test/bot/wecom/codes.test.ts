import { describe, expect, test } from '@jest/globals';
import { isCardRefusal, reactionTo } from '../../../src/bot/wecom/codes';
import { readAnswer, resultOfCode } from '../../../src/bot/wecom/results';
import type { SendResult } from '../../../src/ports/platform';
import { testDeps } from './support';

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

  /** Every code of dossier sections 2.13, 4, 5 and 7, by what it has to lead to; `alert` is a line that asks an operator to act. */
  const CLASSES: readonly (readonly [string, string, Partial<SendResult>, readonly number[]])[] = [
    ['retry soon', 'warn', { is: 'road', blocks: 'outlet', waitMs: 2000 }, [-1, 6000, 45033, 846601, 846602]],
    ['block for the window', 'warn', { is: 'road', blocks: 'outlet', waitMs: 60_000 }, [45009]],
    ['connect anew', 'warn', { is: 'road', blocks: 'outlet', waitMs: 2000 }, [846609]],
    ['a new token, and an alert once that fails too', 'error', { is: 'refused', fault: 'permission' }, [40001, 40014, 42001]],
    ['too late: fallback', 'info', { is: 'refused', fault: 'capability' }, [42052, 60140, 40029, 42003, 42022, 846605, 846608]],
    ['fallback and alert', 'error', { is: 'refused', fault: 'capability' }, [600039, 93006, 43012, 40008]],
    [
      'card: in words, and alert',
      'error',
      { is: 'refused', fault: 'capability' },
      [
        42014, 42015, 42016, 42017, 42018, 42019, 42020, 42027, 42028, 42029, 42030, 42031, 42033, 42035, 42036, 42037, 42038, 42039, 42040,
        42041, 42042, 42043, 42044, 42045, 42046, 42047, 42049, 42050, 42051,
      ],
    ],
    [
      'alert: credentials and rights',
      'error',
      { is: 'refused', fault: 'permission' },
      [
        40013, 40091, 40056, 301002, 853000, 93019, 93000, 93004, 93008, 48001, 48002, 48005, 48006, 48009, 60011, 60020, 301042, 50001,
        50002, 50003, 301007,
      ],
    ],
    [
      'alert: who was not reached',
      'error',
      { is: 'refused', fault: 'receiver' },
      [
        81013, 81012, 82001, 82002, 82003, 40003, 40031, 40032, 60111, 46004, 301021, 82101, 82102, 60003, 60123, 40050, 49008, 86001,
        86002, 86003, 86004, 86005, 86006, 86007, 86008, 86101, 86201, 86202, 86203, 86204, 86205, 86206, 86207, 86215, 86216, 86217,
      ],
    ],
    [
      'alert: wording, media, own mistake',
      'error',
      { is: 'refused', fault: 'content' },
      [
        40007, 45001, 45002, 45008, 40058, 40201, 40204, 85002, 44001, 44004, 82004, 40004, 40005, 40006, 40009, 40011, 45007, 301016,
        301017, 301019, 40206, 40033, 40035, 40063, 40066, 40068, 41001, 41002, 41003, 41004, 41005, 41006, 41007, 41008, 41009,
      ],
    ],
  ];
  const ROWS = CLASSES.flatMap(([does, level, end, codes]) => codes.map((code) => ({ code, does, level, end })));

  test.each(ROWS)('$code: $does', ({ code, level, end }) => {
    const deps = testDeps();
    expect(resultOfCode(code, 'x', { channel: 'c', log: deps.log })).toEqual({ code: String(code), ...end });
    expect(deps.lines.map((line) => line.split(' ')[0])).toEqual([level]);
  });

  test('each stands in one class only', () => expect(new Set(ROWS.map(({ code }) => code)).size).toBe(ROWS.length));

  test('a card is said in words for every code that may refuse a card, and for no other', () => {
    const codes = ROWS.filter(({ code }) => isCardRefusal(String(code)));
    const cards = ROWS.filter(({ does }) => does === 'card: in words, and alert').map(({ code }) => code);
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
