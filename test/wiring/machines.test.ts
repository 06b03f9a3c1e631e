/** `integrators.yaml`: every fault with file and line, no secret in the file and none in a sentence, kept secrets made once. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { StartFault } from '../../src/wiring/faults';
import { readMachines } from '../../src/wiring/machines';
import { CONFIG, ROSTER } from '../core/builders';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-machines-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(yaml: string): readonly string[] {
  writeFileSync(join(folder, 'integrators.yaml'), yaml);
  try {
    readMachines({ bureau: folder, dataDir: folder }, ROSTER);
    return [];
  } catch (cause) {
    if (cause instanceof StartFault) return cause.sentences;
    throw cause;
  }
}

test('样例单位的四个系统，密钥第一次生成、以后不变，只有本人可读', () => {
  const read = () => readMachines({ bureau: join(CONFIG, 'sample-bureau'), dataDir: folder }, ROSTER);
  const [hotline] = read();
  expect(read().map(({ id, scopes }) => [id, ...scopes])).toEqual([
    ['hotline', 'report'],
    ['opinion', 'report'],
    ['screen', 'read'],
    ['ledger', 'read', 'command'],
  ]);
  expect(hotline?.key).toBe(readFileSync(join(folder, 'keys/hotline'), 'utf8').trim());
  expect(read()[0]?.key).toBe(hotline?.key);
  expect(hotline?.key?.length).toBeGreaterThan(40);
  expect(statSync(join(folder, 'keys/hotline')).mode & 0o777).toBe(0o600);
});

test('没有这个文件就没有对接的系统', () => {
  expect(readMachines({ bureau: join(CONFIG, 'plan-packs'), dataDir: folder }, ROSTER)).toEqual([]);
});

test.each([
  ['密钥直接写在文件里', 'key: "a-secret-in-the-file"', /integrators\.yaml:/],
  ['报送却没有密钥', '', /key：缺少这一项/],
  ['变量没有设置', 'key: { env: NOBODY_SET_THIS_NAME }', /读不到密钥/],
  ['多余的一项', 'key: { kept: a }, colour: red', /integrators\.yaml:/],
  ['只读却写了报送的密钥', 'scopes: [read], sources: [], key: { kept: a }, token: { kept: b }', /不应写 key/],
  ['代人办理却没有写明是谁', 'scopes: [command], sources: [], token: { kept: b }', /person：缺少这一项/],
  ['通讯录里没有这个人', 'scopes: [command], sources: [], token: { kept: b }, person: somebody', /通讯录里没有 somebody/],
])('%s：说出在哪一行', (_title, fields, said) => {
  const head = fields.includes('scopes') ? 'id: hotline, name: 热线' : 'id: hotline, name: 热线, scopes: [report], sources: [热线]';
  const faults = faultsOf(`integrators:\n  - { ${head}${fields === '' ? '' : `, ${fields}`} }\n`);
  expect(faults.join('\n')).toMatch(said);
  expect(faults.join('\n')).not.toContain('a-secret-in-the-file');
});

test('密钥太短、两个系统同一个令牌、编号重复都指出来，不说出密钥', () => {
  writeFileSync(join(folder, 'short'), 'pass1234\n');
  writeFileSync(join(folder, 'same'), 'the-same-token-for-both\n');
  const entry = (id: string, file: string) => `  - { id: ${id}, name: 大屏, scopes: [read], token: { file: ${join(folder, file)} } }\n`;
  const faults = faultsOf(`integrators:\n${entry('a', 'short')}${entry('b', 'same')}${entry('c', 'same')}${entry('c', 'short')}`);
  expect(faults.join('\n')).toMatch(/a\.token：密钥太短/);
  expect(faults.join('\n')).toMatch(/令牌相同/);
  expect(faults.join('\n')).toMatch(/c\.id：编号重复/);
  expect(faults.join('\n')).not.toMatch(/pass1234|the-same-token/);
});
