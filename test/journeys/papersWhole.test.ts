/** One incident from report to end, and every paper that leaves the bureau on the way: fourteen kinds by the real commands, held against the standard and traced to the record. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { deviations, type Meant } from '../papers/standard';
import { API_TOKEN, type Bureau, openBureau } from '../support/bureau';
import { type PaperRecords, paperRecords } from '../support/paperRecord';
import { REPORT } from './mainRoad';

const ORGAN = '三门峡市市场监督管理局';
const UPWARD_TO = '市政府，省市场监督管理局';
/** By hand: `PAPERS_AT=/tmp/papers` keeps the fourteen files, to be looked at. */
const KEPT_AT = process.env.PAPERS_AT;

describe('the papers of one incident', () => {
  let bureau: Bureau;
  let records: PaperRecords;
  beforeAll(async () => {
    bureau = await openBureau({ PDF_COMMAND: '/nowhere/soffice' });
    records = await paperRecords(bureau);
    await bureau.answered('duty', 'duty1', '开班', '已开班');
    await bureau.answered('duty', 'duty1', REPORT, '已接报');
  }, 60_000);
  afterAll(async () => {
    records.close();
    await bureau.close();
  });
  /** A room is shown so many messages a minute: each part has its own. */
  beforeEach(async () => {
    await bureau.advance(2);
  });

  interface Answered {
    readonly outcome: string;
    readonly refusal: unknown;
    readonly question: { readonly code: string } | null;
  }

  async function called(as: string, verb: string, args: string): Promise<Answered> {
    const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
    const url = `${bureau.app.url}/api/v1/incidents/1/commands`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ verb, args, as }) });
    expect([verb, args, response.status]).toEqual([verb, args, 200]);
    return (await response.json()) as Answered;
  }

  /** As typed in the chat, a question confirmed by whoever was asked. */
  async function does(as: string, verb: string, args = ''): Promise<void> {
    const first = await called(as, verb, args);
    const { outcome, refusal } = first.question === null ? first : await called(as, '确认', first.question.code);
    expect([verb, args, outcome, refusal]).toEqual([verb, args, 'executed', null]);
  }

  /** The director, in the command's room, with the code; all rooms concerned are told. */
  async function decides(words: string, told: string): Promise<void> {
    const { cursor } = await bureau.messages();
    await bureau.decide('hq', 'director', words);
    await bureau.see({ room: 'duty', text: told, after: cursor });
  }

  /** Checked, signed, numbered and sent; `to` may be several. */
  async function goesOut(n: number, signer: string, ...to: readonly string[]): Promise<void> {
    await does('cons1', '审核', `${n}`);
    await does('office1', '核稿', `${n}`);
    await does(signer, '签发', `${n}`);
    await does('office1', '编号', `${n} 三市监〔2026〕${10 + n}号`);
    for (const one of to) await does('office1', '报送', `${n} ${one} 政务专网 刚才`);
  }

  async function fileAt(path: string): Promise<Uint8Array> {
    const response = await fetch(`${bureau.app.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${API_TOKEN}` } });
    expect([path, response.status]).toEqual([path, 200]);
    return new Uint8Array(await response.arrayBuffer());
  }

  function kept(name: string, bytes: Uint8Array): Uint8Array {
    if (KEPT_AT === undefined) return bytes;
    mkdirSync(KEPT_AT, { recursive: true });
    writeFileSync(join(KEPT_AT, `${name}.docx`), bytes);
    return bytes;
  }

  async function today(): Promise<string> {
    const now = new Date(Date.parse(String((await bureau.sandbox('state')).body.now)) + 8 * 3_600_000);
    return `${now.getUTCFullYear()}年${now.getUTCMonth() + 1}月${now.getUTCDate()}日`;
  }

  /** What a signed and sent paper bears of the office's own. */
  async function sent(n: number, more: Omit<Meant, 'form'>): Promise<Meant> {
    const date = await today();
    const own = { form: 'document', masthead: ORGAN, organ: ORGAN, number: `三市监〔2026〕${10 + n}号` } as const;
    return { ...own, date, printed: `${ORGAN}\t${date}印发`, ...more };
  }

  async function isStandard(n: number, meant: Meant): Promise<void> {
    const [paper] = (await records.incident(1)).slice(n - 1, n);
    const bytes = kept(`${String(n).padStart(2, '0')}-${paper?.draft.kind}`, await fileAt(`incidents/1/papers/${n}/file`));
    expect([n, paper?.draft.kind, deviations(bytes, meant)]).toEqual([n, paper?.draft.kind, []]);
  }

  /** Words of an element of a paper. */
  async function saidIn(n: number, key: string): Promise<string | undefined> {
    const draft = (await records.incident(1))[n - 1]?.draft;
    return draft?.items
      .find((item) => item.key === key)
      ?.lines.flat()
      .map(({ text }) => text)
      .join('');
  }

  test('首报: the report as it came, to both lines at once', async () => {
    await bureau.answered('duty', 'duty1', '#1 补充 负责人称预付卡系统故障，涉及金额约150万元', '150');
    await does('cons2', '首报');
    await does('cons2', '改稿', '1 请求事项：请公安部门协助维持秩序\n现场负责人：属地分管领导\n抄送：公安部门、卫生');
    expect([await saidIn(1, 'requests'), await saidIn(1, 'leaders')]).toEqual(['请公安部门协助维持秩序', '属地分管领导']);
    await goesOut(1, 'deputy1', '市政府', '省市场监督管理局');
    await isStandard(
      1,
      await sent(1, {
        upward: true,
        title: /^关于湖滨区.*事件的报告（首报）$/,
        to: UPWARD_TO,
        signer: '李副消',
        copies: '公安部门，卫生部门',
      }),
    );
    expect((await called('cons2', '改稿', '1 抄送：宣传部门')).refusal).toMatchObject({ code: 'paper_frozen' });
  });

  test('启动通知 and 处置方案: who is called, which plan, which measures', async () => {
    await decides('#1 定级 Ⅲ', '已定级');
    await decides('#1 启动', '启动应急响应');
    await bureau.answered('hq', 'coord1', '#1 收到', '收到');
    await bureau.answered('hq', 'site1', '#1 收到', '秦现一：收到');
    await does('cons2', '文稿', '启动通知');
    await goesOut(2, 'deputy1', '湖滨');
    await isStandard(2, await sent(2, { title: /^关于.*启动.*应急响应的通知$/ }));
    const scheme = '#1 方案 分区劝离，登记诉求 @秦现一 劝离人群 2小时内；@许查一 封存账册 3小时内';
    await bureau.answered('hq', 'cons2', scheme, '方案第1号已登记');
    await bureau.answered('hq', 'director', '#1 方案 下达', '方案第1号：下达');
    await does('cons2', '文稿', '处置方案');
    await isStandard(3, { form: 'document', masthead: ORGAN, organ: ORGAN, title: /^关于.*的应急处置方案（第一版）$/ });
  });

  test('续报一 tells what changed, 更正 what was wrong', async () => {
    await bureau.answered('duty', 'duty1', '#1 核定数字 受伤3人', '3');
    await bureau.answered('hq', 'site1', '#1 进展 已到现场，登记诉求42份', '42份');
    await does('cons2', '续报稿');
    await goesOut(4, 'deputy1', '市政府', '省市场监督管理局');
    await isStandard(4, await sent(4, { upward: true, title: /的报告（续报一）$/, to: UPWARD_TO, signer: '李副消' }));
    await bureau.answered('duty', 'duty1', '#1 更正 受伤2人，医院复核，一人未受伤', '已更正');
    await does('cons2', '更正补报', '4');
    await goesOut(5, 'deputy1', '市政府', '省市场监督管理局');
    await isStandard(5, await sent(5, { upward: true, title: /更正/, to: UPWARD_TO, signer: '李副消' }));
  });

  test('调级通知, 简报第一期, 续报二: the graver level has the graver signature', async () => {
    await decides('#1 调级 Ⅱ 聚集扩大至两市，现场超过二百人', '响应级别调整');
    await does('cons2', '文稿', '调级通知');
    await goesOut(6, 'director', '湖滨');
    await isStandard(6, await sent(6, { title: /^关于调整.*响应级别的通知$/ }));
    await bureau.answered('hq', 'coord1', '#1 简报 编发', '简报第1号');
    await does('cons2', '文稿', '简报');
    await isStandard(7, { form: 'bulletin', masthead: '应急工作情况简报', issue: '第1期', organ: ORGAN, title: /应急工作的情况$/ });
    await bureau.answered('hq', 'site1', '#1 进展 退费方案已公布，人群开始散去', '开始散去');
    await does('cons2', '续报稿');
    await goesOut(8, 'director', '市政府', '省市场监督管理局');
    await isStandard(8, await sent(8, { upward: true, title: /的报告（续报二）$/, to: UPWARD_TO, signer: '王总' }));
    await does('duty1', '文稿', '点名册');
    expect(await saidIn(9, 'counts')).toContain('点名13人，答复收到2人');
    expect(await saidIn(7, 'situation')).toContain('点名13人，已回复2人');
    await isStandard(9, { form: 'sheet', title: /^点名册$/ });
  });

  test('终止通知, 终报, 总结评估: how it ended and what remains', async () => {
    await decides('#1 终止 群众已散去，退费方案已落实', '终止应急响应');
    await does('cons2', '文稿', '终止通知');
    await goesOut(10, 'director', '湖滨');
    await isStandard(10, await sent(10, { title: /^关于终止.*应急响应的通知$/ }));
    await does('cons2', '终报');
    await goesOut(11, 'director', '市政府', '省市场监督管理局');
    expect(await saidIn(11, 'harm')).toContain('受伤2人，涉及人数六十多名');
    await isStandard(11, await sent(11, { upward: true, title: /的报告（终报）$/, to: UPWARD_TO, signer: '王总' }));
    await does('cons2', '文稿', '总结评估');
    await isStandard(12, { form: 'document', masthead: ORGAN, organ: ORGAN, title: /^关于.*的总结评估报告$/ });
  });

  test('值班日志 and 交接班单: the shift on paper, for both to sign', async () => {
    await bureau.answered('duty', 'duty1', '日志 市民来电问退费，已答复', '日志已登记');
    await bureau.answered('duty', 'duty1', '交接班单 文件钥匙：两把 设备故障：无', '交接班单');
    await bureau.decide('duty', 'duty1', '交班');
    await bureau.see({ room: 'dm:duty2', text: '请接班' });
    await bureau.decide('duty', 'duty2', '接班');
    await bureau.see({ room: 'duty', text: '第2班开始' });
    for (const [kind, title] of [
      ['duty_log', /^\d{4}年\d{1,2}月\d{1,2}日值班日志$/],
      ['handover_sheet', /^交接班单$/],
    ] as const) {
      const { draft, invented } = await records.shift(1, kind);
      expect([kind, invented]).toEqual([kind, []]);
      expect(deviations(kept(`shift-${kind}`, await fileAt(`shifts/1/papers/${kind}/file`)), { form: 'sheet', title })).toEqual([]);
      expect(JSON.stringify(draft.items)).not.toContain('正在核实');
      const shown = (await bureau.api(`/api/v1/shifts/1/papers/${kind}`)).body as unknown as { items: { key: string }[] };
      expect(shown.items.map(({ key }) => key)).toEqual(draft.items.map(({ key }) => key));
    }
  });

  test('every figure, moment and name of every paper has its origin in the record', async () => {
    const papers = await records.incident(1);
    expect(papers.map(({ draft }) => draft.kind)).toEqual([
      ...['first_report', 'activation_notice', 'handling_scheme', 'progress_report', 'correction', 'level_change_notice'],
      ...['work_bulletin', 'progress_report', 'roll_call_sheet', 'termination_notice', 'final_report', 'after_action_review'],
    ]);
    for (const { draft, invented } of papers) expect([draft.kind, invented]).toEqual([draft.kind, []]);
  });

  test('where no program makes PDF, one sentence says so and the document is given all the same', async () => {
    const { status, body } = await bureau.api('/api/v1/incidents/1/papers/1/file?format=pdf');
    expect([status, body]).toMatchObject([503, { error: { code: 'no_pdf', message: expect.stringContaining('FENGHUO_PDF_COMMAND') } }]);
  });
});
