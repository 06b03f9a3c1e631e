/** Machines at the door: hotlines report, tokens read and command, and everything they may not is refused with its reason. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { API_TOKEN, type Bureau, openBureau } from '../support/bureau';
import { type Posted, post, type Signer, signed } from '../support/signing';

const MATTER = '今早8点半，湖滨区建设路丰和超市，六十多名消费者因预付卡退费聚集，市民来电要求尽快处理';

let bureau: Bureau;
let hotline: Signer;
let opinion: Signer;
let tokens: Readonly<Record<'screen' | 'ledger', string>>;
beforeAll(async () => {
  bureau = await openBureau();
  const kept = (name: string): string => readFileSync(join(bureau.dataDir, 'keys', name), 'utf8').trim();
  hotline = { system: 'hotline', key: kept('hotline') };
  opinion = { system: 'opinion', key: kept('opinion') };
  tokens = { screen: kept('screen'), ledger: kept('ledger') };
});
afterAll(() => bureau.close());

const url = (path: string): string => `${bureau.app.url}/api/v1/${path}`;
const report = (body: object | string, key: string, by = hotline, more: Record<string, string> = {}, at?: number): Promise<Posted> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return post(url('reports'), text, { ...signed(by, text, at), 'Idempotency-Key': key, ...more });
};
const command = (n: number | null, body: object, token = API_TOKEN, more: Record<string, string> = {}): Promise<Posted> =>
  post(url(n === null ? 'commands' : `incidents/${n}/commands`), JSON.stringify(body), { authorization: `Bearer ${token}`, ...more });
const read = async (
  path: string,
  token = API_TOKEN,
  more: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(url(path), { headers: { authorization: `Bearer ${token}`, ...more } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('热线报送', () => {
  test('签名正确的成为事件，答出编号；值班室看到来源和原文，值班员被点名签收', async () => {
    const answer = await report({ text: MATTER, ref: 'RX-2026-0311', occurredAt: '2026-03-11T08:30:00+08:00' }, 'call-1');
    expect(answer).toMatchObject({ status: 201, location: '/api/v1/incidents/1', body: { state: 'handled', n: 1, repeated: false } });
    const known = await bureau.see({ room: 'duty', text: '接到报告' });
    for (const words of ['#1', '12345热线', 'RX-2026-0311', '建设路丰和超市']) expect(known.text).toContain(words);
    const call = await bureau.see({ room: 'duty', text: /新事件，请签收[\s\S]*未核实/ });
    expect(call.pinged).toEqual(['duty1']);
    const { body } = await bureau.api('/api/v1/incidents/1');
    expect(body).toMatchObject({
      unverified: true,
      reportedBy: null,
      county: 'hubin',
      sources: [{ n: 1, reportedBy: null, via: { system: 'hotline', source: '12345热线', ref: 'RX-2026-0311' } }],
    });
    expect(JSON.stringify(body)).toContain('2026-03-11T08:30:00+08:00');
    const unreachable = (body as unknown as { deliveries: { state: string }[] }).deliveries.filter((d) => d.state === 'refused');
    expect(unreachable).toEqual([]);
  });

  test('同一件事同一个键再报一次：答同一编号，不生出第二起', async () => {
    const again = await report({ text: MATTER, ref: 'RX-2026-0311', occurredAt: '2026-03-11T08:30:00+08:00' }, 'call-1');
    expect(again).toMatchObject({ status: 200, location: '/api/v1/incidents/1', body: { n: 1, repeated: true } });
    const together = JSON.stringify({ text: '陕州区城关镇农贸市场缺斤短两，两名顾客与摊主争执' });
    const answers = await Promise.all([1, 2, 3, 4].map((i) => report(together, 'call-2', hotline, {}, Date.now() - 1_000 * i)));
    expect(answers.map((a) => a.status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map((a) => a.body.n))).toEqual(new Set([2]));
  });

  test('同一个键另一内容、用过的签名：409', async () => {
    expect(await report({ text: '另一件事：义马市一家药店卖过期药' }, 'call-1')).toMatchObject({
      status: 409,
      body: { error: { code: 'key_reused' } },
    });
    const at = Date.now();
    const body = { text: '义马市一家药店卖过期药，一名老人来投诉' };
    expect((await report(body, 'call-3', hotline, {}, at)).status).toBe(201);
    expect(await report(body, 'call-3', hotline, {}, at)).toMatchObject({ status: 409, body: { error: { code: 'replayed' } } });
    expect(await report(body, 'call-4', hotline, {}, at)).toMatchObject({ status: 409, body: { error: { code: 'replayed' } } });
    expect((await bureau.api('/api/v1/incidents')).body.items).toHaveLength(3);
  });

  test('签名错、时间旧、没有登记的系统、用别人的密钥：401，什么也不留', async () => {
    const body = { text: MATTER };
    const refused = await Promise.all([
      report(body, 'bad-1', hotline, { 'X-Fenghuo-Signature': `sha256=${'0'.repeat(64)}` }),
      report(body, 'bad-2', hotline, { 'X-Fenghuo-Timestamp': String(Date.now() + 1) }),
      report(body, 'bad-3', { system: 'nobody', key: hotline.key }),
      report(body, 'bad-4', { system: 'opinion', key: hotline.key }),
      report(body, 'bad-5', { system: 'screen', key: tokens.screen }),
      post(url('reports'), JSON.stringify(body), { 'Idempotency-Key': 'bad-6' }),
      report(body, 'bad-7', hotline, {}, Date.now() - 6 * 60_000),
      report(body, 'bad-8', hotline, {}, Date.now() + 6 * 60_000),
    ]);
    expect(refused.map(({ status, body: { error } }) => [status, error?.code])).toEqual([
      ...Array.from({ length: 6 }, () => [401, 'bad_signature']),
      [401, 'stale_timestamp'],
      [401, 'stale_timestamp'],
    ]);
    const { rows } = await bureau.pool.query("SELECT count(*)::int AS n FROM inbox WHERE dedupe_key LIKE 'bad-%'");
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('内容不合要求：422，每一处都指出来', async () => {
    const answer = await report({ text: '', source: 5, when: 'today', occurredAt: '昨天' }, 'form-1');
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'invalid' } } });
    expect((answer.body.error?.faults ?? []).map((f) => f.field).sort()).toEqual(['occurredAt', 'source', 'text', 'when']);
    expect(await report({ text: MATTER, source: '中央电视台' }, 'form-2')).toMatchObject({
      status: 422,
      body: { error: { field: 'source' } },
    });
    expect(await report({ text: MATTER }, '')).toMatchObject({ status: 422, body: { error: { field: 'Idempotency-Key' } } });
    expect(await report('{"text":', 'form-3')).toMatchObject({ status: 400, body: { error: { code: 'bad_json' } } });
    expect(await report({ text: '长'.repeat(30_000) }, 'form-4')).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } });
  });

  test('涉密字样：422 和一句话，内容不留', async () => {
    const answer = await report({ text: '这是一份机密文件的内容，涉及某地抽检' }, 'secret-1');
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'secrecy_stopped' } } });
    expect(await report({ text: '改写以后' }, 'secret-1')).toMatchObject({ status: 422, body: { error: { code: 'secrecy_stopped' } } });
    const { rows } = await bureau.pool.query("SELECT state, vault_id, meta::text AS meta FROM inbox WHERE dedupe_key = 'secret-1'");
    expect(rows).toEqual([{ state: 'stopped', vault_id: null, meta: expect.not.stringContaining('机密') }]);
    const { rows: kept } = await bureau.pool.query("SELECT 1 FROM vault WHERE body LIKE '%机密文件%'");
    expect(kept).toEqual([]);
  });

  test('两家都来报同一件事：值班室看到并案的提示，并案以后两个来源都在，接报时间取早的', async () => {
    const { cursor } = await bureau.messages();
    const second = await report({ text: '监测到网帖：建设路丰和超市几十名群众聚集，要求退还预付卡' }, 'post-1', opinion);
    expect(second.status).toBe(201);
    const n = Number(second.body.n);
    const known = await bureau.see({ room: 'duty', text: `#${n} 接到报告`, after: cursor });
    expect(known.text).toContain('舆情监测');
    expect(known.text).toContain(`可能与 #1 是同一件事`);
    expect(known.text).toContain(`#${n} 并案 #1`);
    const first = (await bureau.api('/api/v1/incidents/1')).body as unknown as { receivedAt: string };
    await bureau.decide('duty', 'duty1', `#${n} 并案 #1 同一家超市`);
    await bureau.see({ room: 'duty', text: /并入|并案/, after: cursor });
    const until = Date.now() + 5_000;
    for (;;) {
      const merged = (await bureau.api('/api/v1/incidents/1')).body as unknown as {
        absorbed: number[];
        receivedAt: string;
        sources: { via: { source: string } }[];
      };
      if (merged.absorbed.length === 0 && Date.now() < until) continue;
      expect(merged.absorbed).toEqual([n]);
      expect(merged.receivedAt).toBe(first.receivedAt);
      expect(merged.sources.map((s) => s.via.source)).toEqual(['12345热线', '舆情监测']);
      break;
    }
    expect((await bureau.api(`/api/v1/incidents/${n}`)).body).toMatchObject({ status: 'merged', mergedInto: 1, like: [1] });
  });

  test('报过的事可以凭签名再问；别的系统问不到', async () => {
    const ask = async (by: Signer) => fetch(url('reports/call-1'), { headers: signed(by, '/api/v1/reports/call-1') });
    expect(await (await ask(hotline)).json()).toMatchObject({ state: 'handled', n: 1, location: '/api/v1/incidents/1' });
    expect((await ask(opinion)).status).toBe(404);
  });
});

describe('令牌的范围', () => {
  test('没有令牌、令牌不对：401；只读的不能办，报送的密钥不是令牌', async () => {
    expect((await read('incidents', 'wrong')).status).toBe(401);
    expect((await read('incidents', hotline.key)).status).toBe(401);
    expect((await read('incidents', tokens.screen)).status).toBe(200);
    expect(await command(1, { verb: '进展', args: '已到场' }, tokens.screen)).toMatchObject({
      status: 403,
      body: { error: { code: 'token_scope' } },
    });
  });

  test('代值班员补充情况的令牌：补充成了，决定一律不行，口头批准也不行', async () => {
    const done = await command(1, { verb: '补充', args: '现场增加到八十人' }, tokens.ledger);
    expect(done).toMatchObject({ status: 200, body: { outcome: 'executed', n: 1, refusal: null } });
    const incident = (await bureau.api('/api/v1/incidents/1/events?limit=500')).body as unknown as {
      items: { type: string; actor: string }[];
    };
    expect(incident.items.find((e) => e.type === 'IncidentSupplemented')).toMatchObject({ actor: 'duty2' });
    for (const [verb, args] of [
      ['定级', 'Ⅲ'],
      ['启动', ''],
      ['并案', '#2 同一件'],
      ['不列入', '小事'],
      ['转办', '公安 治安问题'],
      ['口头批准', '启动 王总 9:00 同意'],
    ])
      expect(await command(1, { verb, args }, tokens.ledger)).toMatchObject({
        status: 403,
        body: { error: { code: 'token_may_not_decide' } },
      });
    expect(await command(null, { verb: '接班' }, tokens.ledger)).toMatchObject({ status: 403, body: { error: { code: 'token_scope' } } });
  });

  test('主令牌不代表任何人；沙箱里写明 as 才能办', async () => {
    expect(await command(1, { verb: '进展', args: '已到场' })).toMatchObject({ status: 403, body: { error: { code: 'no_person' } } });
    expect(await command(1, { verb: '进展', args: '已到场', as: 'nobody' })).toMatchObject({
      status: 422,
      body: { error: { code: 'no_such_person', field: 'as' } },
    });
  });
});

describe('沙箱里以某人的身份办理', () => {
  test('定级要确认码：问题里有码，答上去才定，版本前进', async () => {
    const asked = await command(1, { verb: '定级', args: 'Ⅲ', as: 'director' });
    expect(asked).toMatchObject({ status: 200, body: { outcome: 'confirm', refusal: null } });
    const question = asked.body.question as { code: string; effect: string };
    expect(question.code).toMatch(/^\d{4}$/);
    expect(question.code.startsWith('20')).toBe(false);
    expect(await command(1, { verb: '确认', args: '0000', as: 'director' })).toMatchObject({ body: { refusal: { code: 'wrong_code' } } });
    const done = await command(1, { verb: '确认', args: question.code, as: 'director' });
    expect(done).toMatchObject({ status: 200, body: { outcome: 'executed', n: 1 } });
    expect((await bureau.api('/api/v1/incidents/1')).body).toMatchObject({ level: { rank: 3 }, version: done.body.version });
    await bureau.see({ room: 'duty', text: '已定级' });
  });

  test('没有权限的人被拒绝，答出谁有权；看不到的人连有没有都不知道', async () => {
    const refused = await command(1, { verb: 'activate', args: '', as: 'office1' });
    expect(refused).toMatchObject({ status: 200, body: { outcome: 'refused:not_authorised', refusal: { code: 'not_authorised' } } });
    expect((refused.body.refusal as { whom: string[] }).whom).toContain('director');
    expect((await command(1, { verb: '进展', args: '在办', as: 'lushi1' })).body.error?.code).toBe('no_incident');
    expect((await command(1, { verb: '进展', args: '在办', as: 'admin1' })).status).toBe(403);
    expect((await command(99, { verb: '进展', args: '在办', as: 'duty1' })).status).toBe(404);
  });

  test('同一个键只办一次；没有的指令指出最接近的', async () => {
    const key = { 'Idempotency-Key': 'once' };
    const body = { verb: '进展', args: '群众情绪平稳', as: 'duty1' };
    const [first, second] = [await command(1, body, API_TOKEN, key), await command(1, body, API_TOKEN, key)];
    expect([first.body.repeated, second.body.repeated]).toEqual([false, true]);
    expect(second.body.version).toBe(first.body.version);
    expect(await command(1, { ...body, args: '另一句' }, API_TOKEN, key)).toMatchObject({ status: 409 });
    expect(await command(1, { verb: '定及', args: 'Ⅲ', as: 'duty1' })).toMatchObject({
      status: 422,
      body: { error: { code: 'no_such_verb' } },
    });
    expect((await read('commands/once')).body).toMatchObject({ outcome: 'executed', n: 1 });
  });

  test('报告、列表也行：值班员看到全部，县区看到自己的', async () => {
    const reported = await command(null, { verb: '报告', args: '灵宝市一家饭店多名顾客呕吐，已送医', as: 'lingbao2' });
    expect(reported).toMatchObject({ status: 200, body: { outcome: 'executed' } });
    const listed = async (as: string) =>
      ((await command(null, { verb: '列表', as })).body.shown as { incidents: { n: number }[] }).incidents.map((i) => i.n);
    expect(await listed('lingbao1')).toEqual([reported.body.n]);
    expect(await listed('duty1')).toContain(reported.body.n);
    expect(await command(null, { verb: '列表', as: 'guest1' })).toMatchObject({ body: { refusal: { code: 'no_role' } } });
  });

  test('读取也照各人的权限：X-Fenghuo-As', async () => {
    const as = (person: string) => ({ 'X-Fenghuo-As': person });
    const seen = async (person: string) => ((await read('incidents', API_TOKEN, as(person))).body.items as { n: number }[]).map((i) => i.n);
    expect(await seen('shanzhou1')).toEqual([2]);
    expect(await seen('admin1')).toEqual([]);
    expect((await seen('auditor1')).length).toBeGreaterThan(3);
    expect((await read('incidents/1', API_TOKEN, as('auditor1'))).status).toBe(403);
    expect((await read('incidents/1/events', API_TOKEN, as('auditor1'))).status).toBe(200);
    expect((await read('incidents/1', API_TOKEN, as('shanzhou1'))).status).toBe(404);
    expect((await read('inbox', API_TOKEN, as('admin1'))).status).toBe(200);
    expect((await read('inbox', API_TOKEN, as('hubin1'))).status).toBe(403);
    expect((await read('stats', API_TOKEN, as('guest1'))).body).toMatchObject({ error: { code: 'no_role' } });
  });
});
