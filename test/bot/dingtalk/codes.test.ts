import { describe, expect, test } from '@jest/globals';
import { type Fault, readNew, readOld } from '../../../src/bot/dingtalk/answer';
import { isTokenFault, resultOfFault } from '../../../src/bot/dingtalk/codes';
import { testDeps } from '../wire/support';
import { NEW_CODES, OLD_CODES } from './codeRows';

const CODES = [...OLD_CODES, ...NEW_CODES].map((row) => ({ ...row, code: String(row.code) }));
const faultOf = (code: string, more: Partial<Fault> = {}): Fault => ({
  code,
  message: 'x',
  status: 200,
  requestId: null,
  scopes: [],
  ...more,
});
const json = (status: number, body: unknown) => ({ is: 'answer', status, body: JSON.stringify(body) }) as const;

describe('the platform’s codes', () => {
  test.each(CODES)('$name', ({ code, level, end }) => {
    const deps = testDeps();
    expect(resultOfFault(faultOf(code), { channel: 'c', log: deps.log })).toEqual(end);
    expect(deps.lines.map((line) => line.split(' ')[0])).toEqual([level]);
  });

  test('each stand in one class only', () => expect(new Set(CODES.map(({ code }) => code)).size).toBe(CODES.length));

  test.each([
    ['60011', { is: 'refused', fault: 'permission' }],
    ['90018', { is: 'road', blocks: 'outlet', waitMs: 2_000 }],
    ['', { is: 'road', blocks: 'outlet', waitMs: 2_000 }],
  ])('88 that wraps “%s” is what it wraps', (sub_code, end) => {
    const reading = readOld(json(200, { errcode: 88, errmsg: 'ding talk error', sub_code, sub_msg: 'no' }));
    if (reading.is !== 'fault') throw new Error(reading.is);
    expect(resultOfFault(reading.fault, { channel: 'c', log: testDeps().log })).toMatchObject(end);
  });

  test('403 is four different things, told apart by the code alone', () => {
    const kinds = ['AccessTokenPermissionDenied', 'QpsLimitForApi', 'ApiCountLimitForOrg', 'IpNotInWhiteList'].map((kind) => {
      const reading = readNew(json(403, { code: `Forbidden.AccessDenied.${kind}`, message: 'no', requestid: 'R' }));
      return reading.is === 'fault' ? resultOfFault(reading.fault, { channel: 'c', log: testDeps().log }) : reading;
    });
    expect(kinds).toMatchObject([
      { is: 'refused', fault: 'permission' },
      { is: 'road' },
      { is: 'refused', fault: 'capability' },
      { is: 'refused', fault: 'permission' },
    ]);
  });

  test('the page in front of everything, which has no code of either host, is a ban of both', () => {
    const page = json(200, { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'u' });
    for (const reading of [readOld(page), readNew(page)]) {
      if (reading.is !== 'fault') throw new Error(reading.is);
      expect(resultOfFault(reading.fault, { channel: 'c', log: testDeps().log })).toMatchObject({
        is: 'road',
        blocks: 'tenant',
        waitMs: 300_000,
      });
    }
  });

  test('an operator reads which rights are missing and what to ask the platform by, and no key', () => {
    const deps = testDeps();
    const said = { code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied', message: `no ${'k'.repeat(43)}`, requestid: 'R-1' };
    const reading = readNew(json(403, { ...said, accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg'] } }));
    if (reading.is !== 'fault') throw new Error(reading.is);
    resultOfFault(reading.fault, { channel: 'c', log: deps.log });
    expect(deps.lines.join()).toMatch(/^error .*qyapi_robot_sendmsg/);
    expect(deps.lines.join()).toContain('R-1');
    expect(deps.lines.join()).not.toContain('k'.repeat(43));
  });

  test('only a token that is no good any more is fetched anew', () => {
    const codes = ['InvalidAuthentication', '40014', '42001', '40001', '41001', '88.40014', '40089', 'authFailed', '60011'];
    expect(codes.map(isTokenFault)).toEqual([true, true, true, true, true, true, false, false, false]);
  });
});
