import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { allowedHosts, apiUrl, CAPABILITIES, DingtalkBinding, sessionUrl } from '../../../src/bot/dingtalk/settings';
import { binding } from './support';

const faults = (changes: Record<string, unknown>) =>
  DingtalkBinding.safeParse({ ...binding(), ...changes }).error?.issues.map((issue) => issue.path.join('.'));

describe('the example in config', () => {
  const text = readFileSync(join(__dirname, '../../../config/platforms.example.yaml'), 'utf8');
  const example = parse(text, (key, value) => (isReference(value) ? (key === 'aesKey' ? 'a'.repeat(43) : 'secret') : value)).dingtalk[0];

  test('is a good binding', () => expect(DingtalkBinding.safeParse(example).error?.issues).toBeUndefined());

  test('shows every setting, and every feature an organisation may lack', () => {
    expect(Object.keys(DingtalkBinding.shape).filter((key) => !(key in example))).toEqual(['ca']);
    expect(Object.keys(example.capabilities).sort()).toEqual([...CAPABILITIES].sort());
  });
});

function isReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('env' in value || 'file' in value);
}

describe('an organisation’s binding', () => {
  test('is taken as it stands in the guide', () => expect(faults({})).toBeUndefined());

  test.each([
    ['an unknown key', { colour: 'red' }, ''],
    ['plain http to a foreign host', { oapiBase: 'http://oapi.dingtalk.com' }, 'oapiBase'],
    ['an address with a password', { apiBase: 'https://a:b@api.dingtalk.com' }, 'apiBase'],
    ['a key of 42 characters', { event: { token: 't', aesKey: 'a'.repeat(42) } }, 'event.aesKey'],
    ['two people with one userid', { people: { a: 'same', b: 'same' } }, 'people'],
    ['two rooms with one group', { rooms: { a: { openConversationId: 'c' }, b: { openConversationId: 'c' } } }, 'rooms'],
    ['an address where a host is meant', { sessionHosts: ['https://oapi.dingtalk.com/'] }, 'sessionHosts.0'],
    ['a third way of hearing', { mode: 'telepathy' }, 'mode'],
    ['half a DING a month', { monthlyDings: { sms: 0.5 } }, 'monthlyDings.sms'],
    ['a month of DINGs in the app, which nobody sells', { monthlyDings: { app: 10 } }, 'monthlyDings'],
    ['an unknown capability', { capabilities: { telepathy: 'on' } }, 'capabilities'],
  ])('%s is refused', (_what, changes, path) => expect(faults(changes)?.[0]).toMatch(path));

  test('a base with port and path prefix keeps both', () => {
    const url = apiUrl(binding({ apiBase: 'https://ding.example.gov.cn:8443/gate/' }), 'v1.0/oauth2/accessToken');
    expect(url.href).toBe('https://ding.example.gov.cn:8443/gate/v1.0/oauth2/accessToken');
  });
});

describe('the address of an answer, which comes in a body nobody has signed', () => {
  const real = binding({ oapiBase: 'https://oapi.dingtalk.com', sessionHosts: ['oapi.dingtalk.io'] });

  test('is taken from the platform’s own hosts', () => {
    for (const host of ['oapi.dingtalk.com', 'oapi.dingtalk.io']) {
      const url = `https://${host}/robot/sendBySession?session=a%2Bb`;
      expect(sessionUrl(real, url)?.href).toBe(url);
      expect(allowedHosts(real).has(host)).toBe(true);
    }
  });

  test.each([
    'http://oapi.dingtalk.com/robot/sendBySession?session=x',
    'https://169.254.169.254/robot/sendBySession?session=x',
    'https://oapi.dingtalk.com.evil.example/robot/sendBySession?session=x',
    'https://oapi.dingtalk.com@evil.example/robot/sendBySession?session=x',
    'https://user@oapi.dingtalk.com/robot/sendBySession?session=x',
    'https://oapi.dingtalk.com:8443/robot/sendBySession?session=x',
    'https://oapi.dingtalk.com/topapi/message/corpconversation/asyncsend_v2',
    'https://api.dingtalk.com/robot/sendBySession?session=x',
    'file:///robot/sendBySession',
    '//oapi.dingtalk.com/robot/sendBySession',
    `https://oapi.dingtalk.com/robot/sendBySession?session=${'x'.repeat(4096)}`,
    '',
  ])('%s leads nowhere', (url) => expect(sessionUrl(real, url)).toBeNull());
});
