/** Personal data after the work: shown unmasked only with a reason and privately, kept or destroyed by a named person, and the record holds all the same. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verify } from '../../src/cli/verify';
import { createChains } from '../../src/store/postgres/chains';
import { sha256 } from '../../src/wiring/chance';
import { type Bureau, openBureau } from '../support/bureau';
import type { DutyRoom } from '../support/dutyRoom';
import { until } from './mainRoad';

const PHONE = '13900001111';
const REPORT = `今早8点,湖滨区建设路丰和超市,六十七名消费者因预付卡退费聚集,联系人牛大山,联系电话${PHONE}`;

describe('personal data', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau({ TIMER_MS: '200' });
  }, 60_000);
  afterAll(() => bureau.close());

  const answered: DutyRoom['answered'] = (...said) => bureau.answered(...said);

  async function verified(): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
    const lines: string[] = [];
    const chains = createChains(bureau.pool);
    const code = await verify(chains, sha256, { incident: null, json: false, write: (line) => void lines.push(line) });
    return { code, lines };
  }

  async function left(words: string): Promise<number> {
    const { rows } = await bureau.pool.query('SELECT count(*)::int AS n FROM vault WHERE body LIKE $1', [`%${words}%`]);
    return rows[0].n;
  }

  test('numbers are masked everywhere; who needs one asks for it privately, with a reason, and that is on record', async () => {
    const echo = await answered('duty', 'duty1', REPORT, '已接报');
    expect(echo).not.toContain(PHONE);
    await answered('dm:duty1', 'duty1', '#1 明文', '须写明理由');
    await answered('duty', 'duty1', '#1 明文 回拨核实', '请私聊');
    await answered('dm:cons1', 'cons1', '#1 明文 想看看', '值班室和应急办');
    expect(await answered('dm:duty1', 'duty1', '#1 明文 回拨核实', '明文（已记录')).toContain(PHONE);
    expect(await answered('dm:leader1', 'leader1', '#1 明文 @张法一 微信联系不上', '张法一')).toContain('10000000021');
    const { items } = (await bureau.api('/api/v1/incidents/1/events')).body as unknown as { items: { type: string; actor: string }[] };
    expect(items.filter((e) => e.type === 'WordsRevealed').map((e) => e.actor)).toEqual(['duty1', 'leader1']);
    const shown = (await bureau.messages()).messages.filter((m) => m.fromBot && m.text.includes(PHONE));
    expect(shown.map((m) => m.room)).toEqual(['dm:duty1']);
  });

  test('before the end nothing is destroyed; afterwards only whoever signs for the office decides, with a reason and a code', async () => {
    await answered('dm:director', 'director', '#1 保存评估 销毁 无须保留', '不能办理这一项');
    await bureau.decide('hq', 'director', '#1 定级 Ⅲ');
    await bureau.decide('hq', 'director', '#1 启动');
    await bureau.decide('hq', 'director', '#1 终止 应急处置工作结束');
    await answered('dm:leader1', 'leader1', '#1 保存评估 销毁 无须保留', '由局领导决定');
    await answered('dm:director', 'director', '#1 保存评估 销毁', '须写明理由');
    await answered('dm:director', 'director', '#1 保存评估 留存至2020年1月1日 诉讼在办', '而且是以后的日期');
    expect(await left('牛大山')).toBeGreaterThan(0);
  });

  test('a decision to keep meets the obligation and holds until its day, then all is destroyed and recorded', async () => {
    await bureau.decide('dm:director', 'director', '#1 保存评估 留存至明天 行政诉讼在办');
    await bureau.see({ room: 'duty', text: '个人信息批准留存' });
    const { deadlines } = (await bureau.api('/api/v1/incidents/1')).body as unknown as { deadlines: { kind: string; status: string }[] };
    expect(deadlines.find((d) => d.kind === 'data_purge')?.status).toBe('met');
    await bureau.advance(10 * 60);
    expect(await left('牛大山')).toBeGreaterThan(0);
    await bureau.advance(2 * 24 * 60);
    await until(async () => (await left('牛大山')) === 0);
    const told = await bureau.see({ room: 'dm:director', text: '个人信息已销毁' });
    expect(told.text).toMatch(/原话 \d+ 条、收到的消息 \d+ 条、发出的内容 \d+ 条/);
  });

  test('no word of a person is left anywhere, only why it was kept and why it was shown', async () => {
    for (const words of ['牛大山', PHONE, '预付卡退费']) expect([words, await left(words)]).toEqual([words, 0]);
    expect(await left('行政诉讼在办')).toBe(1);
    expect(await left('回拨核实')).toBeGreaterThanOrEqual(1);
    expect(await answered('duty', 'duty1', '#1 状态', '#1')).not.toContain('牛大山');
    await answered('dm:duty1', 'duty1', '#1 明文 再看一次', '已经销毁');
    const metrics = await (await fetch(`${bureau.app.url}/metrics`)).text();
    expect(Number(/fenghuo_personal_data\{kind="erased"\} (\d+)/.exec(metrics)?.[1])).toBeGreaterThan(10);
  });

  test('a text with words of state secrets leaves a stub and no trace of itself in any table', async () => {
    await answered('duty', 'duty1', '夜莺七号方案,此件绝密,不得外传', '涉密');
    const { rows } = await bureau.pool.query(
      "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb')",
    );
    expect(rows.length).toBeGreaterThan(50);
    for (const { table_name: table, column_name: column } of rows) {
      const found = await bureau.pool.query(`SELECT count(*)::int AS n FROM "${table}" WHERE "${column}"::text LIKE '%夜莺七号%'`);
      expect([table, column, found.rows[0].n]).toEqual([table, column, 0]);
    }
    const stub = await bureau.pool.query("SELECT vault_id, meta FROM inbox WHERE state = 'stopped'");
    expect(stub.rows).toEqual([{ vault_id: null, meta: { is: 'stopped', why: 'state_secret' } }]);
  });

  test('the chain holds after the destruction; a row changed behind the program is named', async () => {
    expect(await verified()).toMatchObject({ code: 0 });
    expect((await verified()).lines).toContainEqual(expect.stringMatching(/^事件 #1：完整，共 \d+ 条记录，其中 \d+ 条原话已按决定销毁$/));
    const change = async (sql: string): Promise<void> => {
      await bureau.pool.query('ALTER TABLE events DISABLE TRIGGER events_no_change');
      await bureau.pool.query(sql);
      await bureau.pool.query('ALTER TABLE events ENABLE TRIGGER events_no_change');
    };
    const { rows } = await bureau.pool.query(
      "SELECT e.body FROM events e JOIN streams s ON s.id = e.stream_id WHERE s.kind = 'incident' AND e.version = 2",
    );
    const where = "version = 2 AND stream_id = (SELECT id FROM streams WHERE kind = 'incident' AND n = 1)";
    await change(`UPDATE events SET body = body || ' ' WHERE ${where}`);
    expect(await verified()).toMatchObject({
      code: 1,
      lines: expect.arrayContaining([expect.stringContaining('不完整：第 2 条记录被改动过')]),
    });
    await change(`UPDATE events SET body = '${String(rows[0].body).replaceAll("'", "''")}' WHERE ${where}`);
    expect((await verified()).code).toBe(0);
    await bureau.pool.query("UPDATE vault SET body = '改过的理由' WHERE kind = 'retention' AND body = '行政诉讼在办'");
    expect((await verified()).lines).toContainEqual(expect.stringMatching(/原话 \S+ 被改动过/));
  });
});
