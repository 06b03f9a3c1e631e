/** The papers of an incident by typed verbs: drafted, sent back, mended, signed, numbered by hand, sent on two lines, confirmed, put right, and never changed again. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { verify } from '../../src/cli/verify';
import { createChains } from '../../src/store/postgres/chains';
import { sha256, sha256Of } from '../../src/wiring/chance';
import { API_TOKEN, type Bureau, openBureau } from '../support/bureau';
import { REPORT, until } from './mainRoad';

/** As the rule has it: a draft is there within five seconds. */
const DRAFT_MS = 5_000;

describe('papers', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
    await bureau.say('duty', 'duty1', REPORT);
    await bureau.see({ room: 'duty', text: '已接报' });
  }, 60_000);
  afterAll(() => bureau.close());
  /** A room takes so many messages a minute: each part has its own. */
  beforeEach(async () => {
    await bureau.advance(1);
  });

  async function answered(room: string, from: string, words: string, expected: string | RegExp): Promise<string> {
    const { cursor } = await bureau.messages();
    await bureau.say(room, from, words);
    return (await bureau.see({ room, text: expected, after: cursor })).text;
  }

  async function decided(room: string, from: string, words: string, expected: string | RegExp): Promise<string> {
    const { cursor } = await bureau.messages();
    await bureau.decide(room, from, words);
    return (await bureau.see({ room, text: expected, after: cursor })).text;
  }

  /** Name of the file that the bot gives for these words. */
  async function fileGiven(room: string, from: string, words: string): Promise<string | undefined> {
    const { cursor } = await bureau.messages();
    await answered(room, from, words, '原件');
    const named = async (): Promise<string | undefined> => {
      const { messages } = await bureau.messages(cursor);
      return messages.flatMap((m) => (m as unknown as { readonly file?: { readonly name: string } }).file?.name ?? [])[0];
    };
    await until(async () => (await named()) !== undefined);
    return named();
  }

  async function paper(n: number): Promise<Record<string, never>> {
    return (await bureau.api(`/api/v1/incidents/1/papers/${n}`)).body;
  }

  async function verified(): Promise<{ readonly code: number; readonly said: string }> {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const code = await verify(createChains(bureau.pool), sha256, { incident: 1, json: false, write });
    return { code, said: lines.join('\n') };
  }

  /** From the section through the checks and the leader to the government's line. */
  async function goesOut(n: number, to: string): Promise<void> {
    await answered('hq', 'cons1', `#1 审核 ${n}`, '审核通过');
    await answered('hq', 'office1', `#1 核稿 ${n}`, '核稿通过');
    await decided('dm:deputy1', 'deputy1', `#1 签发 ${n}`, '已签发');
    await answered('dm:office1', 'office1', `#1 编号 ${n} 三市监〔2026〕${10 + n}号`, '已编号');
    await decided('dm:office1', 'office1', `#1 报送 ${n} ${to} 政务专网 刚才`, '已登记报送');
  }

  test('the first report is drafted from the record at once, and its drafter cannot sign it', async () => {
    const asked = Date.now();
    const draft = await answered('hq', 'cons2', '#1 首报', '文稿1（首报）已起草');
    expect(Date.now() - asked).toBeLessThan(DRAFT_MS);
    for (const words of ['的报告（首报）', '主送：市政府、省市场监督管理局', '建设路丰和超市', '正在核实', '#1 审核 1'])
      expect(draft).toContain(words);
    await bureau.see({ room: 'dm:cons1', text: /文稿1（首报），请审核[\s\S]*建设路丰和超市[\s\S]*#1 审核 1/ });
    await answered('hq', 'cons2', '#1 签发 1', '自己拟的稿须由他人审核、签发');
    await answered('hq', 'deputy1', '#1 签发 1', '现在是“待审核”，不能签发');
    await answered('hq', 'log1', '#1 首报', '起草首报不在您的权限内');
  });

  test('sent back with a reason it returns mended; whoever is next sees what changed', async () => {
    await answered('hq', 'cons1', '#1 退改 1', '退改须写明要改什么');
    await answered('hq', 'cons1', '#1 退改 1 写明请求事项', '已退改');
    await bureau.see({ room: 'dm:cons2', text: /文稿1（首报），请修改[\s\S]*写明请求事项/ });
    await answered('hq', 'cons2', '#1 改稿 1 天气：晴', '没有“天气”这一项');
    await answered('hq', 'cons2', '#1 改稿 1 请求事项：请公安部门协助维持秩序', /已改稿[\s\S]*请求事项：.*无.* → .*请公安部门协助维持秩序/);
    await bureau.see({ room: 'dm:cons1', text: /请审核[\s\S]*改动 请求事项：/ });
  });

  test('signed by the leader, numbered by hand, sent on two lines; then the text stands', async () => {
    await answered('hq', 'cons1', '#1 审核 1', '审核通过');
    await answered('hq', 'office1', '#1 核稿 1 无误', '核稿通过');
    await bureau.see({ room: 'dm:deputy1', text: /文稿1（首报），请签发[\s\S]*#1 签发 1/ });
    await answered('hq', 'office1', '#1 报送 1 市政府 传真 刚才', '签发后才能编号报送');
    await decided('dm:deputy1', 'deputy1', '#1 签发 1', '已签发');
    await answered('dm:office1', 'office1', '#1 报送 1 市政府 传真 刚才', '还没有编文号');
    await answered('dm:office1', 'office1', '#1 编号 1 三市监〔2026〕11号', '文号：三市监〔2026〕11号');
    const first = await decided('dm:office1', 'office1', '#1 报送 1 市政府 政务专网 刚才', '已登记报送');
    expect(first).toContain('尚未报送：省市场监督管理局');
    await answered('dm:office1', 'office1', '#1 报送 1 省市场监督管理局 传真 刚才', '已登记报送');
    await answered('hq', 'cons2', '#1 改稿 1 请求事项：无', '已报送，内容不能再改');
    expect(await fileGiven('dm:office1', 'office1', '#1 文稿 1 文件')).toMatch(/首报\.docx$/);
    const sent = await paper(1);
    const file = await fetch(`${bureau.app.url}/api/v1/incidents/1/papers/1/file`, { headers: { authorization: `Bearer ${API_TOKEN}` } });
    expect(sha256Of(new Uint8Array(await file.arrayBuffer()))).toBe((sent.frozen as unknown as { readonly file: string }).file);
    expect(sent).toMatchObject({
      ...{ stage: 'sent', number: '三市监〔2026〕11号', version: 2 },
      sendings: [
        { to: { id: 'gov' }, line: 'government', as: 'main', way: 'network', receipt: null },
        { to: { id: 'prov' }, line: 'superior', as: 'main', way: 'fax', receipt: null },
      ],
      differences: [{ heading: '请求事项', to: '请公安部门协助维持秩序' }],
    });
  });

  test('a receipt that does not come is asked for; the one that came names who took it', async () => {
    await answered('dm:office1', 'office1', '#1 文稿回执 1 市政府 李科长 刚才', '回执已登记');
    await bureau.advance(61);
    await bureau.see({ room: 'dm:office1', text: /文稿回执/ });
    const list = await answered('dm:office1', 'office1', '#1 待办', '待办');
    expect(list).toMatch(/文稿1（首报）：已报送[\s\S]*未登记回执：.*省市场监督管理局/);
    await answered('dm:office1', 'office1', '#1 文稿回执 1 省市场监督管理局 王处 刚才', '回执已登记');
    expect((await paper(1)).sendings).toMatchObject([{ receipt: { who: '李科长' } }, { receipt: { who: '王处' } }]);
  });

  test('the next report tells only what changed, and a correction is a paper of its own', async () => {
    await answered('duty', 'duty1', '#1 核定数字 受伤3人', '3');
    const progress = await answered('hq', 'cons2', '#1 续报稿', '文稿2（续报第1号）已起草');
    expect(progress).toContain('续报一');
    expect(progress).toContain('3');
    await goesOut(2, '市政府');
    await bureau.advance(1);
    await answered('duty', 'duty1', '#1 更正 受伤2人', '2');
    await answered('hq', 'cons2', '#1 更正补报 2', '文稿3（更正补报第1号）已起草');
    await goesOut(3, '市政府');
    expect(await paper(3)).toMatchObject({ corrects: 2, stage: 'sent' });
  });

  test('the final report ends the series', async () => {
    await answered('hq', 'cons2', '#1 终报', '文稿4（终报）已起草');
    await goesOut(4, '市政府');
    const { body } = await bureau.api('/api/v1/incidents/1');
    const { papers } = body as unknown as { readonly papers: readonly { readonly kind: string; readonly stage: string }[] };
    expect(papers.map(({ kind, stage }) => [kind, stage])).toEqual([
      ['first_report', 'sent'],
      ['progress_report', 'sent'],
      ['correction', 'sent'],
      ['final_report', 'sent'],
    ]);
  });

  test('the list across incidents finds papers by where they stand and what they are; versions are compared', async () => {
    const listed = async (query: string): Promise<readonly unknown[]> => {
      const { body } = await bureau.api(`/api/v1/papers?${query}`);
      return (body as unknown as { readonly items: readonly { readonly incident: number; readonly n: number }[] }).items.map((one) => [
        one.incident,
        one.n,
      ]);
    };
    expect(await listed('stage=sent')).toEqual([4, 3, 2, 1].map((n) => [1, n]));
    expect(await listed('kind=correction&n=1')).toEqual([[1, 3]]);
    expect([await listed('stage=returned'), await listed('n=2')]).toEqual([[], []]);
    const first = (await paper(1)) as unknown as {
      readonly version: number;
      readonly printed: { readonly number: string; readonly title: string };
    };
    expect(first.printed).toMatchObject({ number: '三市监〔2026〕11号', title: expect.stringContaining('首报') });
    const { body } = await bureau.api(`/api/v1/incidents/1/papers/1?against=${first.version}`);
    expect(body).toMatchObject({ differences: [] });
  });

  test('nobody edits what went out, and one edited row is named', async () => {
    expect(await verified()).toMatchObject({ code: 0, said: expect.stringContaining('已报送文稿 4 份') });
    const edit = `UPDATE papers SET facts = replace(facts, '丰和', '永和') WHERE kind = 'first_report' AND state = 'sent'`;
    await expect(bureau.pool.query(edit)).rejects.toMatchObject({ code: '23001' });
    await bureau.pool.query('ALTER TABLE papers DISABLE TRIGGER papers_frozen');
    const { rows } = await bureau.pool.query(`UPDATE files SET bytes = bytes || '\\x00' WHERE hash =
      (SELECT file_hash FROM papers WHERE kind = 'final_report' AND state = 'sent') RETURNING hash`);
    expect(await verified()).toMatchObject({ code: 1, said: expect.stringContaining('已报送的终报第1号的文件被改动过') });
    await bureau.pool.query('UPDATE files SET bytes = substring(bytes FOR length(bytes) - 1) WHERE hash = $1', [rows[0].hash]);
    await bureau.pool.query(edit);
    expect(await verified()).toMatchObject({ code: 1, said: expect.stringContaining('已报送的首报第1号被改动过') });
  });
});
