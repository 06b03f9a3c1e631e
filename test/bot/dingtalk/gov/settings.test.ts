/** What an office may write for the government edition, and what is refused before anything connects. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { CAPABILITIES, GovdingBinding, isUsed, KNOWN, UNKNOWN } from '../../../../src/bot/dingtalk/gov/settings';
import { written } from './support';

const faults = (changes: Record<string, unknown>) =>
  GovdingBinding.safeParse(written(changes)).error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);

describe('the example in config', () => {
  const text = readFileSync(join(__dirname, '../../../../config/platforms.example.yaml'), 'utf8');
  const example = parse(text, (_key, value) => (isReference(value) ? 'a'.repeat(43) : value)).govding[0];

  test('is a good binding', () => expect(GovdingBinding.safeParse(example).error?.issues).toBeUndefined());

  test('shows every setting, and everything a deployment may lack', () => {
    expect(Object.keys(GovdingBinding.shape).filter((key) => !(key in example))).toEqual(['ca']);
    expect(Object.keys(example.capabilities).sort()).toEqual([...CAPABILITIES].sort());
  });

  test('switches nothing on that the platform’s documents leave open', () => {
    expect(UNKNOWN.map((one) => example.capabilities[one])).toEqual(UNKNOWN.map(() => 'off'));
  });
});

function isReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('env' in value || 'file' in value);
}

describe('a tenant’s binding', () => {
  test('is taken as it stands in the guide', () => expect(faults({})).toBeUndefined());

  test('without a word about them, what is open is off and what is known is on', () => {
    expect(CAPABILITIES.filter((one) => isUsed(undefined, one))).toEqual([...KNOWN]);
  });

  test.each([
    ['an unknown key', { stream: true }, ''],
    ['plain http to a foreign host', { base: 'http://openplatform-pro.ding.zj.gov.cn' }, 'base'],
    ['hearing without our own secret in the address', { callbackKey: undefined }, 'callbackKey'],
    ['a secret that can be guessed', { callbackKey: 'short' }, 'callbackKey'],
    ['taking notices back without the application’s name', { capabilities: { 'work.recall': 'on' } }, 'msgApp'],
    ['a sign-in page that loses the state', { signInPage: 'https://login.example.gov.cn/?redirect_uri={back}' }, 'signInPage'],
    ['an employee code of another kind', { people: { a: { employeeCode: '12345' } } }, 'people.a.employeeCode'],
    ['two people with one code', { people: { a: { employeeCode: 'GE_1' }, b: { employeeCode: 'GE_1' } } }, 'people'],
    [
      'two people with one account',
      { people: { a: { employeeCode: 'GE_1', accountId: '1' }, b: { employeeCode: 'GE_2', accountId: '1' } } },
      'people',
    ],
    ['two rooms with one group', { rooms: { a: { chatId: 'c' }, b: { chatId: 'c' } } }, 'rooms'],
    ['a mention, which nobody knows how to make', { capabilities: { mention: 'on' } }, 'capabilities'],
  ])('%s is refused', (_what, changes, path) => expect(faults(changes)?.[0]).toMatch(path));

  test('no sentence about a fault repeats a secret', () => {
    expect(String(faults({ callbackKey: 'canary secret', appSecret: '', people: 3 }))).not.toContain('canary');
  });
});
