import { describe, expect, test } from '@jest/globals';
import { apiUrl, WecomBinding } from '../../../src/bot/wecom/settings';
import { binding } from './support';

const faults = (changes: Record<string, unknown>) =>
  WecomBinding.safeParse({ ...binding(), ...changes }).error?.issues.map((issue) => issue.path.join('.'));

describe('a tenant’s binding', () => {
  test('is taken as it stands in the guide', () => expect(faults({})).toBeUndefined());

  test.each([
    ['an unknown key', { colour: 'red' }, ''],
    ['plain http to a foreign host', { apiBase: 'http://qyapi.weixin.qq.com' }, 'apiBase'],
    ['an address with a password', { apiBase: 'https://a:b@qyapi.weixin.qq.com' }, 'apiBase'],
    ['a web address for the long connection', { wsUrl: 'https://openws.work.weixin.qq.com' }, 'wsUrl'],
    ['a key of 42 characters', { callbackAesKey: 'a'.repeat(42) }, 'callbackAesKey'],
    ['two people with one userid', { people: { a: 'Same', b: 'same' } }, 'people'],
    ['two rooms with one chat', { rooms: { a: { chatId: 'c', webhookKey: 'k' }, b: { chatId: 'c', webhookKey: 'k' } } }, 'rooms'],
    ['an unknown capability', { capabilities: { telepathy: 'on' } }, 'capabilities'],
  ])('%s is refused', (_what, changes, path) => expect(faults(changes)?.[0]).toMatch(path));

  test('a base with port and path prefix keeps both', () => {
    const url = apiUrl(binding({ apiBase: 'https://wx.city.example.gov.cn:8443/gate/' }), 'gettoken', { corpid: 'a&b' });
    expect(url.href).toBe('https://wx.city.example.gov.cn:8443/gate/cgi-bin/gettoken?corpid=a%26b');
  });
});
