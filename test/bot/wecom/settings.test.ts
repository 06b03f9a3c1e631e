import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { aliased, allowedHosts, apiUrl, CAPABILITIES, WecomBinding } from '../../../src/bot/wecom/settings';
import { binding, URL_ROBOT } from './support';

const faults = (changes: Record<string, unknown>) =>
  WecomBinding.safeParse({ ...binding(), ...changes }).error?.issues.map((issue) => issue.path.join('.'));

describe('the example in config', () => {
  const text = readFileSync(join(__dirname, '../../../config/platforms.example.yaml'), 'utf8');
  const secrets: Readonly<Record<string, string>> = { callbackAesKey: 'a'.repeat(43), callbackToken: 'T' };
  const example = parse(text, (key, value) => (isReference(value) ? (secrets[String(key)] ?? 'secret') : value)).wecom[0];

  test('is a good binding', () => expect(WecomBinding.safeParse(example).error?.issues).toBeUndefined());

  test('shows every setting, and every feature a platform may lack', () => {
    const shown = (schema: { readonly shape: object }, given: object) => Object.keys(schema.shape).filter((key) => !(key in given));
    expect(shown(WecomBinding, example)).toEqual(['ca']);
    expect(Object.keys(example.capabilities).sort()).toEqual([...CAPABILITIES].sort());
    for (const name of ['quietMinutes', 'callbackToken', 'callbackAesKey', 'webhookKey', 'appChatId']) expect(text).toContain(name);
  });
});

function isReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('env' in value || 'file' in value);
}

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
    ['a robot heard in two ways', { robot: { ...URL_ROBOT, secret: 's' } }, 'robot'],
    ['a robot heard in no way', { robot: { botId: 'B', name: 'n' } }, 'robot'],
    ['half a callback address', { robot: { botId: 'B', name: 'n', callbackToken: 'T' } }, 'robot'],
    ['a long connection without its address', { wsUrl: undefined }, 'wsUrl'],
    ['an alias that is no host', { hostAliases: { 'a.example': 'https://b.example/' } }, 'hostAliases'],
    ['a call that may take a minute', { callMs: 60_000 }, 'callMs'],
    ['a group id the platform would refuse', { rooms: { a: { chatId: 'c', appChatId: 'x'.repeat(33) } } }, 'rooms'],
    ['an unknown capability', { capabilities: { telepathy: 'on' } }, 'capabilities'],
  ])('%s is refused', (_what, changes, path) => expect(faults(changes)?.[0]).toMatch(path));

  test('a room may have no webhook, and a robot on a callback address needs no long connection', () => {
    expect(faults({ rooms: { a: { chatId: 'c' } }, robot: URL_ROBOT, wsUrl: undefined })).toBeUndefined();
  });

  test('an address the platform writes leads to the host that this deployment reaches it by, or nowhere', () => {
    const gate = binding({
      apiBase: 'https://wx.city.example.gov.cn',
      hostAliases: { 'qyapi.weixin.qq.com': 'wx.city.example.gov.cn:8443' },
    });
    expect(aliased(gate, 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=a%2Bb')?.href).toBe(
      'https://wx.city.example.gov.cn:8443/cgi-bin/aibot/response?response_code=a%2Bb',
    );
    expect(aliased(gate, 'https://evil.example/x')).toBeNull();
    expect(aliased(gate, 'http://wx.city.example.gov.cn/x')).toBeNull();
    expect(aliased(gate, 'https://wx.city.example.gov.cn/x')).not.toBeNull();
    expect(aliased(gate, 'not an address')).toBeNull();
    expect(allowedHosts(gate).has('evil.example')).toBe(false);
    expect([...allowedHosts(gate)].sort()).toEqual(['wx.city.example.gov.cn', 'wx.city.example.gov.cn:8443']);
  });

  test('a base with port and path prefix keeps both', () => {
    const url = apiUrl(binding({ apiBase: 'https://wx.city.example.gov.cn:8443/gate/' }), 'gettoken', { corpid: 'a&b' });
    expect(url.href).toBe('https://wx.city.example.gov.cn:8443/gate/cgi-bin/gettoken?corpid=a%26b');
  });
});
