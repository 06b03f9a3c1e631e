/** A message whose handling fails every time is set aside where somebody sees it, and keeps nobody else waiting. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../support/bureau';

const REPORT = '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集,已派湖滨分局到场';
const POISON = '今早9点,湖滨区毒丸路某超市,三十多名消费者因预付卡退费聚集';

interface Heard {
  readonly id: string;
  readonly state: string;
  readonly receivedAt: string;
}

describe('a message that cannot be handled', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau({ TIMER_MS: '100' });
    await bureau.pool.query(SPOILED);
  }, 60_000);
  afterAll(() => bureau.close());

  const inbox = async (query: string): Promise<{ items: readonly Heard[]; cursor: string | null }> => {
    const { status, body } = await bureau.api(`/api/v1/inbox${query}`);
    expect(status).toBe(200);
    return body as unknown as { items: readonly Heard[]; cursor: string | null };
  };
  const metrics = async (): Promise<string> => (await fetch(`${bureau.app.url}/metrics`)).text();

  test('is dead after five counted attempts; its writer is told, and the next message of the room goes on', async () => {
    expect(await metrics()).toContain('fenghuo_backlog{kind="inboxDead"} 0');
    await bureau.say('duty', 'duty1', POISON);
    await bureau.say('duty', 'duty1', REPORT);
    await bureau.see({ room: 'duty', text: '这条消息处理失败' });
    expect((await bureau.see({ room: 'duty', text: '已接报' })).text).toContain('建设路丰和超市');
    expect((await inbox('?state=dead')).items).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        tenant: 'sandbox',
        source: 'robot',
        room: 'duty',
        account: 'sdduty1',
        receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+\+08:00$/),
        state: 'dead',
        attempts: 5,
        outcome: 'dead',
      },
    ]);
    expect(await metrics()).toContain('fenghuo_backlog{kind="inboxDead"} 1');
    expect((await bureau.api('/readyz')).body).toMatchObject({ status: 'ready', backlog: { inboxDead: 1, inboxReceived: 0 } });
  });

  test('is shown without its words, and only to a bearer of the token', async () => {
    const shown = JSON.stringify(await inbox(''));
    expect(shown).toBe(JSON.stringify(await inbox('?state=dead')));
    expect(shown).not.toContain('毒丸');
    expect((await fetch(`${bureau.app.url}/api/v1/inbox?state=dead`)).status).toBe(401);
    expect((await bureau.api('/api/v1/inbox?state=lost')).status).toBe(400);
    expect((await bureau.api('/api/v1/inbox?cursor=0')).status).toBe(400);
  });

  test('stands beside the messages that were handled, newest first, page by page', async () => {
    await bureau.say('duty', 'duty1', '列表');
    await bureau.see({ room: 'duty', text: /在办事件[\s\S]*#1/ });
    const first = await inbox('?state=handled&limit=1');
    const second = await inbox(`?state=handled&limit=1&cursor=${first.cursor}`);
    expect([...first.items, ...second.items].map(({ state }) => state)).toEqual(['handled', 'handled']);
    expect(Number(first.items[0]?.id)).toBeGreaterThan(Number(second.items[0]?.id));
    expect(await inbox(`?state=handled&cursor=${second.cursor}`)).toEqual({ items: [], cursor: null });
  });
});

/** From now on the database itself refuses to have this one message handled. */
const SPOILED = `
  CREATE FUNCTION spoiled() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM vault WHERE id = NEW.vault_id AND body LIKE '%毒丸%') THEN RAISE EXCEPTION 'spoiled'; END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER spoiled BEFORE UPDATE OF state ON inbox FOR EACH ROW WHEN (NEW.state = 'handled') EXECUTE FUNCTION spoiled()`;
