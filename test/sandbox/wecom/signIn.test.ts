import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DutyRoom, openDutyRoom } from '../dutyRoom';

let room: DutyRoom;
beforeEach(async () => {
  room = await openDutyRoom();
});
afterEach(() => room.close());

const PAGE = 'http://127.0.0.1:8080/h5/t/12?x=1';
async function authorize(more: Record<string, string> = {}, path = 'connect/oauth2/authorize'): Promise<Response> {
  const { corpId, apiBase } = room.sandbox.binding();
  const query = new URLSearchParams({
    appid: corpId,
    redirect_uri: PAGE,
    response_type: 'code',
    scope: 'snsapi_base',
    state: 'S1',
    ...more,
  });
  return fetch(`${apiBase}/${path}?${query}`, { redirect: 'manual' });
}
async function codeOf(person: string, more: Record<string, string> = {}): Promise<string> {
  const answer = await authorize({ sandbox_person: person, ...more });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}
const who = (code: string, path = 'auth/getuserinfo') => room.api(`${path}?code=${code}`);

describe('signing in on a page of the bureau', () => {
  test('a page asks who holds the phone', async () => {
    const page = await (await authorize()).text();
    expect(page).toContain('常值一 值班员');
    expect(page).toContain('sandbox_person=duty1');
  });

  test('the chosen person comes back with code and state, and keeps the page’s own query', async () => {
    const back = new URL((await authorize({ sandbox_person: 'duty1' })).headers.get('location') ?? '');
    expect([back.origin + back.pathname, back.searchParams.get('x'), back.searchParams.get('state')]).toEqual([
      'http://127.0.0.1:8080/h5/t/12',
      '1',
      'S1',
    ]);
    expect(await who(back.searchParams.get('code') ?? '')).toMatchObject({ errcode: 0, userid: 'SdDuty1' });
  });

  test('the older call spells its answer with capitals', async () => {
    expect(await who(await codeOf('leader1'), 'user/getuserinfo')).toMatchObject({ UserId: 'SdLeader1' });
    expect(await who(await codeOf('outsider'), 'user/getuserinfo')).toMatchObject({ OpenId: expect.any(String) });
  });

  test('somebody outside the enterprise has no userid', async () => {
    const answer = await who(await codeOf('outsider'));
    expect(answer).toMatchObject({ errcode: 0, openid: expect.any(String), external_userid: expect.any(String) });
    expect(answer).not.toHaveProperty('userid');
  });

  test('a ticket comes only with the private scope', async () => {
    expect(await who(await codeOf('duty1'))).not.toHaveProperty('user_ticket');
    expect(await who(await codeOf('duty1', { scope: 'snsapi_privateinfo', agentid: '1' }))).toMatchObject({
      user_ticket: expect.any(String),
    });
  });

  test('a computer’s browser signs in by the other page', async () => {
    expect((await authorize({ sandbox_person: 'duty1' }, 'wwlogin/sso/login')).status).toBe(302);
  });

  test('a code works once, for five minutes', async () => {
    const code = await codeOf('duty1');
    room.advance(5 * 60_000 - 1);
    expect((await who(code)).errcode).toBe(0);
    expect((await who(code)).errcode).toBe(42022);
    const late = await codeOf('duty1');
    room.advance(5 * 60_000);
    expect((await who(late)).errcode).toBe(42003);
    expect((await who('invented')).errcode).toBe(40029);
    expect((await who('')).errcode).toBe(41008);
  });

  test.each([
    ['another enterprise', { appid: 'ww0' }, 40013],
    ['no response type', { response_type: '' }, 40035],
    ['signs in the state', { state: 'a-b' }, 40035],
    ['a state of 129 characters', { state: 'a'.repeat(129) }, 40035],
    ['a foreign page', { redirect_uri: 'https://example.org/' }, 50001],
    ['private scope without an agent', { scope: 'snsapi_privateinfo' }, 40056],
  ])('%s is refused', async (_title, more, errcode) => {
    expect(await (await authorize({ sandbox_person: 'duty1', ...more })).json()).toMatchObject({ errcode });
  });

  test('with trusted domains set, host and port must both be on the list', async () => {
    await room.post('api/switches', { trustedDomains: ['127.0.0.1:9090'] });
    expect(await (await authorize({ sandbox_person: 'duty1' })).json()).toMatchObject({ errcode: 50001 });
    await room.post('api/switches', { trustedDomains: ['127.0.0.1:8080'] });
    expect((await authorize({ sandbox_person: 'duty1' })).status).toBe(302);
  });
});
