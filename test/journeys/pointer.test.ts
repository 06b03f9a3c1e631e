/** Exposure over a whole run: where every room is set to pointers, nothing that leaves the program says what happened. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SECRECY_LINE } from '../../src/core/privacy/clear';
import { exposureIn } from '../../src/core/privacy/exposure';
import { type Bureau, openBureau } from '../support/bureau';
import { atRest } from '../support/inbox';
import { pointerBureau } from '../support/pointerBureau';
import { roomsSee } from '../support/roster';
import { RUN, SECRETS } from './pointerRun';

/** The simulator shows @s and buttons behind the words. */
const LAST_LINE = new RegExp(`${SECRECY_LINE}(?:\\s+@\\S+)*(?:\\s*\\[[^\\]]*\\])*$`);
/** Four random digits, in which any two may stand. */
const CODE = /确认 \d{4}/gu;
/** Addresses, keys and random tokens of the three wires, in which any two digits may stand. */
const ADDRESSES: ReadonlySet<string> = new Set([
  ...['id', 'touser', 'chatid', 'agentid', 'response_code', 'req_id', 'task_id'],
  ...['cardTemplateId', 'outTrackId', 'openSpaceId', 'openConversationId', 'robotCode', 'userIds', 'msgUuid', 'receiverUserIdList'],
  ...['processQueryKey', 'processQueryKeys', 'openDingId', 'clientId', 'clientSecret', 'appSecret', 'appKey', 'atUserIds', 'privateData'],
  ...['tenantId', 'receiverIds', 'bizMsgId', 'access_token', 'appkey', 'appsecret', 'token', 'chatId', 'accountId', 'session'],
  ...['creator', 'receivers', 'bot_id', 'secret'],
]);
/** The time in the first line of a work notice. */
const STAMP = /（\d\d:\d\d:\d\d）/gu;

/** A call as the platform received it: JSON on one wire, a form on the other. */
interface Asked {
  readonly body?: Record<string, unknown>;
  readonly params?: Record<string, unknown>;
}

test('a room that may see everything does; any other sees pointers until the incident is widened, and never more than its own setting', () => {
  const seen = (['pointer', 'summary', 'full'] as const).map((room) => [
    exposureIn(room, {}),
    exposureIn(room, { exposure: 'summary' }),
    exposureIn(room, null),
  ]);
  expect(seen).toEqual([
    ['pointer', 'pointer', 'pointer'],
    ['pointer', 'summary', 'summary'],
    ['full', 'full', 'full'],
  ]);
});

describe('every room shows pointers only', () => {
  const folder = pointerBureau();
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau({ BUREAU: folder });
  }, 60_000);
  afterAll(async () => {
    await bureau.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function say(room: string, from: string, words: string): Promise<void> {
    if (words.startsWith('!')) await bureau.decide(room, from, words.slice(1));
    else await bureau.say(room, from, words);
    await atRest(bureau);
  }

  /** Everything the platform received from the program since a call, as it came over the wire. */
  async function sentAfter(call: string): Promise<{ readonly cursor: string; readonly sent: readonly string[] }> {
    const { body } = await bureau.sandbox(`calls?after=${call}`);
    const { cursor, calls } = body as unknown as { cursor: string; calls: { request: Asked }[] };
    return {
      cursor,
      sent: calls.map(({ request }) =>
        JSON.stringify({ ...request.params, ...request.body }, (name, value) => (ADDRESSES.has(name) ? undefined : value))
          .replace(CODE, '确认')
          .replace(STAMP, ''),
      ),
    };
  }

  /** Secrets found in what was sent, each with the message that bears it. */
  function leaks(sent: readonly string[]): readonly string[] {
    return sent.flatMap((payload) =>
      SECRETS.filter((secret) => payload.includes(secret)).map((secret) => `${secret} <- ${payload.slice(0, 700)}`),
    );
  }

  test('from the report to the destruction of its words, by every verb, no payload bears a name, a figure, a measure or a finer place', async () => {
    let cursor = '0';
    const found: string[] = [];
    for (const line of RUN) {
      if (typeof line === 'string') await bureau.advance(Number(line.slice(1)));
      else await say(...line);
      const seen = await sentAfter(cursor);
      cursor = seen.cursor;
      found.push(...leaks(seen.sent));
    }
    expect([...new Set(found)]).toEqual([]);
  }, 240_000);

  test('the run was a run: hardly anything was refused, the incident ended, its words are gone', async () => {
    const { rows } = await bureau.pool.query("SELECT outcome, count(*)::int AS n FROM inbox WHERE state = 'handled' GROUP BY 1 ORDER BY 1");
    const counts = Object.fromEntries(rows.map((row: { outcome: string; n: number }) => [row.outcome, row.n]));
    const refused = Object.keys(counts).filter((outcome) => outcome.startsWith('refused'));
    expect(counts.executed).toBeGreaterThanOrEqual(40);
    // The officer may not set a level: a refusal must not leak either.
    expect(refused.map((outcome) => [outcome, counts[outcome]])).toEqual([['refused:not_authorised', 1]]);
    const { status } = (await bureau.api('/api/v1/incidents/1')).body as unknown as { status: string };
    expect(status).toBe('terminated');
  });

  test('every message ends with the line against secrets', async () => {
    const { messages } = await bureau.messages();
    // A card of the platform has its own order: the line stands under the title there.
    const without = messages.filter(
      (m) => m.fromBot && !((m.buttons ?? []).length > 0 ? m.text.includes(SECRECY_LINE) : LAST_LINE.test(m.text)),
    );
    expect(without.map((m) => m.text)).toEqual([]);
  });

  test('the scan bites: once the duty room may see everything, the next message is found out', async () => {
    await roomsSee(bureau, 'full', ['duty']);
    const { cursor } = await sentAfter('0');
    await say('duty', 'duty1', '今早8点,义马市千秋路福满楼分店,六十七名消费者投诉');
    expect(leaks((await sentAfter(cursor)).sent)).not.toEqual([]);
  });

  test('公开范围 摘要 lets only rooms that may see summaries see them, and only of this incident', async () => {
    await roomsSee(bureau, 'pointer', ['duty']);
    await roomsSee(bureau, 'summary', ['hq', 'county-yima']);
    const told = async (): Promise<readonly string[]> => {
      const { cursor } = await bureau.messages();
      await say('county-yima', 'yima1', '#4 进展 已到现场');
      const { messages } = await bureau.messages(cursor);
      return messages
        .filter((m) => m.fromBot && m.text.includes('处置进展'))
        .map((m) => `${m.room} ${m.text.includes('当前级别')}`)
        .sort();
    };
    expect(await told()).toEqual(['county-yima false', 'duty false']);
    await say('duty', 'duty1', '#4 公开范围 摘要');
    expect(await told()).toEqual(['county-yima false', 'duty false']);
    await say('duty', 'leader1', '#4 公开范围 摘要');
    await bureau.see({ room: 'duty', text: '公开范围：摘要' });
    expect(await told()).toEqual(['county-yima true', 'duty false']);
  });
});
