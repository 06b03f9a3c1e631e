/** Who calls: tokens and what each may, and that in real use nobody says whose eyes he uses. */
import { describe, expect, test } from '@jest/globals';
import type { Context } from 'koa';
import type { Machine } from '../../../src/ports/machines';
import { type CallerPorts, callerOf, personAs } from '../../../src/web/api/callers';
import { clock, ROSTER } from '../../core/builders';

const MACHINE: Machine = {
  id: 'ledger',
  name: '',
  scopes: ['read', 'command'],
  sources: [],
  key: null,
  token: 'ledger-token-of-16',
  person: 'duty2',
};
const HOTLINE: Machine = {
  ...MACHINE,
  id: 'hotline',
  scopes: ['report'],
  sources: ['热线'],
  key: 'hotline-key-of-16',
  token: null,
  person: null,
};
const never = async (): Promise<never> => {
  throw new Error('nobody is at a page here');
};
const NO_SESSIONS = { open: never, find: never, complete: never, end: never, endAll: never };
const ports = (sandbox: boolean): CallerPorts => ({
  apiToken: 'the-api-token-of-16',
  machines: [MACHINE, HOTLINE],
  sandbox,
  directory: { at: async () => ROSTER },
  clock: { now: () => clock('10:00') },
  ...{ sessions: NO_SESSIONS, wallMs: () => 0 },
});
const ctxOf = (headers: Readonly<Record<string, string>>): Context =>
  ({ get: (name: string) => headers[name.toLowerCase()] ?? '', cookies: { get: () => undefined }, state: {} }) as unknown as Context;
const bearing = (token: string, more = {}): Context => ctxOf({ authorization: `Bearer ${token}`, ...more });

describe('令牌是谁的', () => {
  test('主令牌不代表任何人；系统的令牌只有它自己的范围和代表的人', async () => {
    expect(await callerOf(bearing('the-api-token-of-16'), ports(false))).toMatchObject({ id: 'main', person: null });
    expect(await callerOf(bearing('ledger-token-of-16'), ports(false))).toEqual({
      ...{ id: 'ledger', scopes: ['read', 'command'], person: 'duty2' },
      inPerson: false,
      caller: { is: 'machine', scopes: ['read', 'command'] },
    });
  });

  test.each([
    ['没有', ctxOf({})],
    ['空的', bearing('')],
    ['签名密钥不是令牌', bearing('hotline-key-of-16')],
    ['少一个字', bearing('the-api-token-of-1')],
    ['不是 Bearer', ctxOf({ authorization: 'Basic the-api-token-of-16' })],
  ])('%s：不认', async (_title, ctx) => {
    await expect(callerOf(ctx, ports(false))).rejects.toMatchObject({ status: 401, code: 'unauthorised' });
  });
});

describe('以谁的身份', () => {
  test('沙箱里可以写明，看到的就是这个人的；没有这个人就说没有', async () => {
    const seen = await callerOf(bearing('the-api-token-of-16', { 'x-fenghuo-as': 'hubin1' }), ports(true));
    expect(seen.caller).toEqual({ is: 'person', roster: ROSTER, person: 'hubin1' });
    await expect(personAs(ctxOf({}), 'nobody', ports(true), 'as')).rejects.toMatchObject({
      status: 422,
      code: 'no_such_person',
      field: 'as',
    });
  });

  test('正式使用一律不行，哪怕令牌是对的', async () => {
    const ctx = bearing('the-api-token-of-16', { 'x-fenghuo-as': 'director' });
    await expect(callerOf(ctx, ports(false))).rejects.toMatchObject({ status: 403, code: 'as_refused' });
    await expect(personAs(ctxOf({}), 'director', ports(false), 'as')).rejects.toMatchObject({
      status: 403,
      code: 'as_refused',
      field: 'as',
    });
  });
});
