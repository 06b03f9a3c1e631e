/** Two instances on one database: what one was lent, the other uses; what the platform takes back, neither keeps. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createWecom } from '../../../src/bot/wecom';
import { sealed } from '../../../src/bot/wire/sealed';
import type { Paper, Platform, TokenShelf } from '../../../src/ports/platform';
import { createTokenShelf } from '../../../src/store/postgres';
import { resetSandbox, stampDatabase } from '../../../src/store/stamp';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { type Call, FOREVER, type HttpPeer, httpPeer, message, type Reply, type TestDeps, testDeps } from '../wire/support';
import { binding } from './support';

let database: TestDatabase;
let peer: HttpPeer;
let deps: TestDeps;
let answers: Record<string, (call: Call) => Reply>;
let shelf: TokenShelf;
let a: Platform;
let b: Platform;

const LIFE_S = 7200;
const PAPER: Paper = { sha256: 'a'.repeat(64), name: '值班日报.docx' };
const calls = (path: string) => peer.calls.filter((call) => call.path === `/cgi-bin/${path}`);

beforeAll(async () => {
  database = await freshDatabase();
  await stampDatabase(database.pool, 'sandbox');
});
afterAll(() => database.drop());
beforeEach(async () => {
  deps = testDeps();
  const count = (path: string) => calls(path).length;
  answers = {
    gettoken: () => ({ errcode: 0, access_token: `canary-token-${count('gettoken')}`, expires_in: LIFE_S }),
    'media/upload': () => ({ errcode: 0, media_id: `canary-media-${count('media/upload')}`, created_at: '1380000000' }),
  };
  peer = await httpPeer((call) => answers[call.path.replace('/cgi-bin/', '')]?.(call) ?? { errcode: 0, errmsg: 'ok' });
  shelf = createTokenShelf(database.pool, () => deps.clock.now());
  [a, b] = [instance(), instance()];
});
afterEach(async () => {
  await peer.stop();
  await resetSandbox(database.pool);
});

function instance(): Platform {
  const papers = { bytes: async () => Buffer.from('PK-docx-bytes') };
  return createWecom(binding({ apiBase: peer.base }), { ...deps, shelf, papers });
}

const to = { address: 'leader1', ticket: null };
const appOf = (platform: Platform) => platform.channels.find(({ id }) => id === 'wecom.app');
async function speak(platform: Platform) {
  const [part] = appOf(platform)?.split(message(), to) ?? [];
  return part === undefined ? undefined : appOf(platform)?.send(part, to, 'd1', FOREVER);
}
const give = (platform: Platform) => appOf(platform)?.send(appOf(platform)?.attach?.(PAPER, to) ?? { body: '' }, to, 'd1', FOREVER);
const lying = async () => (await database.pool.query('SELECT key, sealed FROM platform_tokens ORDER BY key')).rows;

describe('an access token', () => {
  test('is fetched once, however many messages wait for it, and the other instance reads it', async () => {
    const ends = await Promise.all(Array.from({ length: 10 }, () => speak(a)));
    expect(ends.every((end) => end?.is === 'accepted')).toBe(true);
    expect(await speak(b)).toEqual({ is: 'accepted' });
    expect(calls('gettoken')).toHaveLength(1);
    expect(new Set(calls('message/send').map((call) => call.query.access_token))).toEqual(new Set(['canary-token-1']));
  });

  test('lies in the database sealed: neither it nor the secret of its key can be read there', async () => {
    await speak(a);
    const rows = JSON.stringify(await lying());
    expect(rows).toContain('wecom:city:wwcorp:1000002:token');
    expect(rows).not.toMatch(/canary/);
  });

  test('that the platform refuses is dropped only while it is still the one in use', async () => {
    await speak(a);
    await speak(b);
    answers['message/send'] = (call) => ({ errcode: call.query.access_token === 'canary-token-1' ? 40014 : 0 });
    expect(await speak(a)).toEqual({ is: 'accepted' });
    const renewed = await lying();
    expect(await speak(b)).toEqual({ is: 'accepted' });
    expect(await lying()).toEqual(renewed);
    expect(calls('gettoken')).toHaveLength(2);
  });

  test('is fetched anew some time before its end', async () => {
    await speak(a);
    deps.clock.time += LIFE_S * 900;
    await speak(b);
    await speak(a);
    expect(calls('gettoken')).toHaveLength(2);
  });

  test('that was sealed for another secret, or damaged, is fetched anew', async () => {
    await speak(a);
    await database.pool.query(`UPDATE platform_tokens SET sealed = 'A' || substr(sealed, 2) || 'AAAA'`);
    expect(await speak(b)).toEqual({ is: 'accepted' });
    const other = createWecom(binding({ apiBase: peer.base, corpSecret: 'canary-new-secret' }), { ...deps, shelf });
    expect(await speak(other)).toEqual({ is: 'accepted' });
    expect(calls('gettoken')).toHaveLength(3);
  });

  test('cannot be moved to another row', async () => {
    const own = sealed(shelf, 'canary-corp-secret');
    await own.write('one', { value: 'x', until: deps.clock.now() + 1 });
    await database.pool.query(`UPDATE platform_tokens SET key = 'two'`);
    expect(await own.read('two')).toBeNull();
  });
});

describe('an uploaded paper', () => {
  test('is uploaded by one instance and sent by both', async () => {
    expect([await give(a), await give(b)]).toMatchObject([{ is: 'accepted' }, { is: 'accepted' }]);
    expect(calls('media/upload')).toHaveLength(1);
    expect(JSON.stringify(await lying())).not.toMatch(/canary|值班/);
  });

  test('that the platform has forgotten is uploaded again, and the new one is for both', async () => {
    await give(a);
    answers['message/send'] = (call) => ({ errcode: JSON.parse(call.body).file.media_id === 'canary-media-1' ? 40007 : 0 });
    expect([await give(b), await give(a)]).toMatchObject([{ is: 'accepted' }, { is: 'accepted' }]);
    expect(calls('media/upload')).toHaveLength(2);
  });
});

test('what is overdue leaves the database with the next thing lent', async () => {
  await shelf.write('old', { value: 'x', until: deps.clock.now() });
  await shelf.write('new', { value: 'y', until: deps.clock.now() + 1 });
  expect((await lying()).map(({ key }) => key)).toEqual(['new']);
});
