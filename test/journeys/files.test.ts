/** What leaves the office as a file: the evidence bundle and lists of a real incident, over the API and the command line. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, strToU8 } from 'fflate';
import { backupCommand, restoreCommand } from '../../src/cli/backup';
import { exportCommand } from '../../src/cli/export';
import { verifyStored } from '../../src/cli/verifyStored';
import { readWorkbook } from '../../src/config/sheet/workbook';
import { checkBundle } from '../../src/handlers/bundle/check';
import { zipped } from '../../src/papers/archive';
import { sha256, sha256Of } from '../../src/wiring/chance';
import { opened } from '../../src/zip/opened';
import { API_TOKEN, type Bureau, openBureau } from '../support/bureau';

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场,联系人电话19900000042';
const MOST = 64 * 1024 * 1024;
let bureau: Bureau;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-files-'));
  bureau = await openBureau();
  await bureau.say('duty', 'duty1', REPORT);
  await bureau.see({ room: 'duty', text: '#1' });
  await bureau.say('duty', 'duty1', '#1 补充 现场已有两名执法人员');
  await bureau.decide('hq', 'director', '#1 定级 Ⅲ');
  await bureau.decide('hq', 'director', '#1 启动');
  await bureau.advance(1);
  await bureau.say('hq', 'coord1', '收到');
  await bureau.advance(1);
});
afterAll(async () => {
  await bureau.close();
  rmSync(folder, { recursive: true, force: true });
});

async function got(
  path: string,
  body?: object,
): Promise<{ readonly status: number; readonly bytes: Uint8Array; readonly headers: Headers }> {
  const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
  const response = await fetch(
    `${bureau.app.url}/api/v1/${path}`,
    body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
  );
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers };
}

async function bundle(): Promise<Map<string, Uint8Array>> {
  return new Map(opened((await got('incidents/1/bundle')).bytes, { most: MOST }));
}

const check = (files: ReadonlyMap<string, Uint8Array>) => checkBundle(files, sha256, sha256Of);
/** As somebody would who knows how a bundle is made: the manifest fits what was changed. */
function withManifest(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const manifest = JSON.parse(strFromU8(files.get('manifest.json') ?? new Uint8Array()));
  manifest.files = [...files]
    .filter(([path]) => path !== 'manifest.json')
    .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256Of(bytes) }));
  return files.set('manifest.json', strToU8(JSON.stringify(manifest)));
}
const text = (files: ReadonlyMap<string, Uint8Array>, path: string): string => strFromU8(files.get(path) ?? new Uint8Array());

describe('the evidence bundle', () => {
  test('holds the whole record, the words, the messages, lists and the rules, and verifies by itself', async () => {
    const files = await bundle();
    const found = check(files);
    expect(found.broken).toBeNull();
    const { body } = await bureau.api('/api/v1/incidents/1');
    expect(found.events).toBe(body.version);
    expect([...files.keys()].sort()).toEqual(
      expect.arrayContaining([
        'README.txt',
        'chain/events.jsonl',
        'chain/texts.jsonl',
        'lists/roll-call.xlsx',
        'manifest.json',
        'messages.jsonl',
        'papers/roll-call.docx',
        'rules/pack.yaml',
      ]),
    );
  });
  test('bears no telephone number of people’s words, neither in texts nor in messages nor anywhere else', async () => {
    for (const [path, bytes] of await bundle()) expect([path, strFromU8(bytes).includes('19900000042')]).toEqual([path, false]);
    const files = await bundle();
    expect(text(files, 'messages.jsonl')).toContain('199****0042');
    expect(check(files).texts.masked).toBeGreaterThan(0);
  });
  test('names the file that was changed, left out or added', async () => {
    const changed = await bundle();
    changed.set('messages.jsonl', strToU8(`${text(changed, 'messages.jsonl')} `));
    expect(check(changed).broken).toEqual({ file: 'messages.jsonl', zh: '文件被改动过' });
    const less = await bundle();
    less.delete('lists/roll-call.xlsx');
    expect(check(less).broken).toEqual({ file: 'lists/roll-call.xlsx', zh: '文件缺失' });
    expect(check((await bundle()).set('more.txt', strToU8('x'))).broken).toEqual({ file: 'more.txt', zh: '清单之外的文件' });
    expect(check(new Map()).broken?.file).toBe('manifest.json');
  });
  test('names the first event that was changed, even where the manifest was made to fit', async () => {
    const files = await bundle();
    const lines = text(files, 'chain/events.jsonl').split('\n');
    lines[2] = (lines[2] ?? '').replace(/"actor":("[^"]*"|null)/, '"actor":"guest1"');
    expect(check(withManifest(files.set('chain/events.jsonl', strToU8(lines.join('\n'))))).broken).toEqual({
      file: 'chain/events.jsonl',
      zh: '第 3 条记录被改动过',
    });
  });
  test('misses the last event that was left out, and a word that was changed', async () => {
    const files = await bundle();
    const lines = text(files, 'chain/events.jsonl').trimEnd().split('\n');
    expect(check(withManifest(files.set('chain/events.jsonl', strToU8(`${lines.slice(0, -1).join('\n')}\n`)))).broken?.zh).toContain(
      '链头',
    );
    const other = await bundle();
    const words = text(other, 'chain/texts.jsonl');
    const whole = words.split('\n').find((line) => line.includes('"whole"')) ?? '';
    const spoilt = words.replace(whole, whole.replace(/"body":"/, '"body":"不'));
    expect(check(withManifest(other.set('chain/texts.jsonl', strToU8(spoilt)))).broken?.file).toBe('chain/texts.jsonl');
  });
  test('with the words as they were written is for a person with that right, for a reason, and stands in the record', async () => {
    const guest = await got('incidents/1/bundle', { reason: '好奇', as: 'coord1' });
    expect(guest.status).toBe(403);
    expect((await got('incidents/1/bundle', { reason: '移送公安机关' })).status).toBe(403);
    const { status, bytes } = await got('incidents/1/bundle', { reason: '移送公安机关', as: 'duty1' });
    expect(status).toBe(200);
    const files = new Map(opened(bytes, { most: MOST }));
    expect(check(files)).toMatchObject({ broken: null, texts: { masked: 0 } });
    expect(text(files, 'chain/texts.jsonl')).toContain('19900000042');
    const last = JSON.parse(text(files, 'chain/events.jsonl').trimEnd().split('\n').at(-1) ?? '{}');
    expect(last).toMatchObject({ type: 'WordsRevealed', actor: 'duty1' });
    expect(last.body).not.toContain('移送公安机关');
  });
});

describe('the command line', () => {
  const COMMANDS = { export: exportCommand, verify: verifyStored, backup: backupCommand, restore: restoreCommand } as const;
  const run = async (
    command: keyof typeof COMMANDS,
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly said: string }> => {
    const said: string[] = [];
    const write = process.stdout.write;
    const complain = process.stderr.write;
    process.stdout.write = process.stderr.write = ((words: string) => said.push(words) > 0) as typeof process.stdout.write;
    const before = { ...process.env };
    Object.assign(process.env, { FENGHUO_DATABASE_URL: bureau.databaseUrl, FENGHUO_DATA_DIR: bureau.dataDir });
    try {
      return { code: await COMMANDS[command](args), said: said.join('') };
    } finally {
      process.stdout.write = write;
      process.stderr.write = complain;
      process.env = before;
    }
  };

  test('exports a bundle beside the running bot, never over a file, and verifies it without any database', async () => {
    const out = join(folder, '1.zip');
    const made = await run('export', '1', '--out', out);
    expect([made.code, made.said]).toEqual([0, expect.stringContaining('清单')]);
    expect((await run('export', '1', '--out', out)).code).toBe(1);
    expect((await run('export', '99', '--out', join(folder, 'x.zip'))).code).toBe(1);
    expect(existsSync(join(folder, 'x.zip'))).toBe(false);
    const good = await run('verify', '--bundle', out);
    expect([good.code, good.said]).toEqual([0, expect.stringContaining('事件 #1 的证据包完整')]);
    const files = new Map(opened(readFileSync(out), { most: MOST }));
    const spoilt = join(folder, 'spoilt.zip');
    writeFileSync(spoilt, zipped([...files].map(([path, bytes]) => ({ path, bytes: path === 'README.txt' ? strToU8('x') : bytes }))));
    const bad = await run('verify', '--bundle', spoilt);
    expect([bad.code, bad.said]).toEqual([1, expect.stringContaining('README.txt')]);
    expect((await run('verify', '--bundle', join(folder, 'nowhere.zip'))).code).toBe(1);
  });
  test('backs up beside the running bot and never over a file', async () => {
    const file = join(folder, 'night.backup');
    expect((await run('backup', file)).code).toBe(0);
    expect((await run('backup', file)).said).toContain('已存在');
    expect((await run('restore', file)).said).toContain('已有数据');
    expect((await run('backup')).code).toBe(2);
  });
});

describe('lists', () => {
  test('the roll-call as a workbook tells by name who was called and who has answered', async () => {
    const { bytes, headers } = await got('incidents/1/roll-call');
    expect(headers.get('content-disposition')).toContain("filename*=UTF-8''%E4%BA%8B");
    const read = readWorkbook(bytes, null);
    const cells = read.is === 'sheet' ? read.sheet.map((row) => row.map((cell) => cell?.text ?? '')) : [];
    const { asks } = (await bureau.api('/api/v1/incidents/1')).body as unknown as { readonly asks: readonly unknown[] };
    expect(cells).toHaveLength(asks.length + 1);
    expect(JSON.stringify(cells)).toContain('已确认');
  });
  test('deliveries and figures come as csv and as workbook, and printing takes the roll-call as docx', async () => {
    for (const path of ['exports/deliveries?format=csv', 'exports/stats?format=csv', 'incidents/1/deliveries?format=csv']) {
      const { status, bytes } = await got(path);
      expect([path, status]).toEqual([path, 200]);
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    }
    expect(opened((await got('incidents/1/roll-call?format=docx')).bytes, { most: MOST }).has('word/document.xml')).toBe(true);
    expect((await got('exports/stats?format=xlsm')).status).toBe(400);
  });
});
