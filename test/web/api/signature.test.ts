/** Signed calls: HMAC-SHA256 over timestamp and body, both ends of the window, and what is no signature at all. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Context } from 'koa';
import type { Machine } from '../../../src/ports/machines';
import { SIGNATURE_WINDOW_MS, signedBy } from '../../../src/web/api/signature';

const NOW = Date.UTC(2026, 2, 11, 1, 0);
const MACHINE: Machine = { id: 'hotline', name: '', scopes: ['report'], sources: ['热线'], key: 'k'.repeat(32), token: null, person: null };
const READER: Machine = { ...MACHINE, id: 'screen', key: null };
const BODY = '{"text":"湖滨区"}';

/** The answer to a call with these headers: the system, or the code of the refusal. */
function answer(headers: Readonly<Record<string, string>>, now = NOW): string {
  const ctx = { get: (name: string) => headers[name.toLowerCase()] ?? '' } as unknown as Context;
  try {
    return signedBy(ctx, Buffer.from(BODY), [READER, MACHINE], now).machine.id;
  } catch (cause) {
    return (cause as { code: string }).code;
  }
}

const sign = (timestamp: string, key = 'k'.repeat(32), body = BODY): string =>
  createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
const headers = (timestamp: string, signature = sign(timestamp), system = 'hotline') => ({
  'x-fenghuo-system': system,
  'x-fenghuo-timestamp': timestamp,
  'x-fenghuo-signature': signature,
});

describe('签名', () => {
  test('文档里的命令（openssl）算出的签名对得上', () => {
    expect(answer(headers('1773190800000', '141df9672b9f921d10c3b7554af3c2d467f395cd3d70f52dcde85020c164825c'))).toBe('hotline');
  });

  test.each([
    ['秒', String(NOW / 1000)],
    ['毫秒', String(NOW)],
    ['窗口最早', String(NOW - SIGNATURE_WINDOW_MS)],
    ['窗口最晚', String(NOW + SIGNATURE_WINDOW_MS)],
  ])('%s：通过', (_title, at) => {
    expect(answer(headers(at))).toBe('hotline');
    expect(answer(headers(at, `sha256=${sign(at).toUpperCase()}`))).toBe('hotline');
  });

  test.each([
    ['早了一毫秒', String(NOW - SIGNATURE_WINDOW_MS - 1)],
    ['晚了一毫秒', String(NOW + SIGNATURE_WINDOW_MS + 1)],
    ['不是时间', 'yesterday'],
    ['位数不对', '17731884000'],
    ['负数', '-1773188400'],
  ])('%s：时间戳不收', (_title, at) => {
    expect(answer(headers(at))).toBe('stale_timestamp');
  });

  const at = String(NOW);
  test.each([
    ['什么也没有', {}],
    ['没有签名', headers(at, '')],
    ['不是十六进制', headers(at, 'z'.repeat(64))],
    ['短一位', headers(at, sign(at).slice(1))],
    ['全零', headers(at, '0'.repeat(64))],
    ['别的密钥', headers(at, sign(at, 'another-key-of-somebody'))],
    ['别的内容', headers(at, sign(at, 'k'.repeat(32), `${BODY} `))],
    ['换了时间', headers(String(NOW + 1), sign(at))],
    ['没有登记的系统，用的是它自己的密钥', headers(at, sign(at, 'nobody'), 'nobody')],
    ['不报送的系统', headers(at, sign(at), 'screen')],
  ])('%s：签名不正确', (_title, given) => {
    expect(answer(given)).toBe('bad_signature');
  });
});
