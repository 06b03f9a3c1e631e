/** Who sees and changes what of the duty room on the pages: the same people as in the chat. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bureau, openBureau } from '../../support/bureau';
import { type Answer, browserAt } from './browser';

const MONTH = '日期\t带班领导\t值班员\n';
let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.say('duty', 'duty1', '签到');
  await bureau.see({ room: 'duty', text: '已开班' });
  await bureau.say('duty', 'duty1', '今早8点半,湖滨区建设路丰和超市,六十多名消费者因预付卡退费聚集');
  await bureau.see({ room: 'duty', text: '#1 已接报' });
});
afterAll(() => bureau.close());

async function as(person: string) {
  const browser = browserAt(bureau.app.url);
  await browser.post('/console/session/sandbox', { person });
  return browser;
}

/** The verb as the page gives it, with its code where one is asked for. */
async function done(person: string, verb: string, args = ''): Promise<unknown> {
  const browser = await as(person);
  const asked = (await browser.post('/api/v1/commands', { verb, args })).body as { outcome: string; question: { code: string } | null };
  if (asked.question === null) return asked.outcome;
  return ((await browser.post('/api/v1/commands', { verb: '确认', args: asked.question.code })).body as { outcome: string }).outcome;
}

const codeIn = ({ status, body }: Answer): unknown => [status, (body as { error?: { code: string } }).error?.code ?? null];

describe('值班日志和交接班单', () => {
  test.each([
    ['本班值班员', 'duty1', true],
    ['应急办', 'office1', true],
    ['审计员', 'auditor1', true],
    ['工作组组员', 'site2', false],
    ['县区人员', 'hubin1', false],
    ['系统管理员', 'admin1', false],
  ])('%s：能看或不能看，与群里一样', async (_title, person, reads) => {
    const browser = await as(person);
    expect(codeIn(await browser.get('/api/v1/duty/log'))).toEqual(reads ? [200, null] : [403, 'not_authorised']);
    const duty = (await browser.get('/api/v1/duty')).body as {
      may: { read: boolean };
      obligations: readonly unknown[];
      own: readonly unknown[];
    };
    expect(duty.may.read).toBe(reads);
    if (!reads) expect([duty.obligations, duty.own]).toEqual([[], []]);
  });

  test('单上只有看得到的事件：审计员看得到单子，看不到事件的时限', async () => {
    const owed = async (person: string) =>
      ((await (await as(person)).get('/api/v1/duty')).body as { obligations: readonly unknown[] }).obligations.length;
    expect(await owed('duty1')).toBeGreaterThan(3);
    expect(await owed('auditor1')).toBe(0);
  });

  test('双方确认后，前一班的单子带着两个签名留在原处', async () => {
    expect(await done('duty1', '交接班单', '设备故障：传真机缺纸')).toBe('executed');
    expect(await done('duty1', '交班')).toBe('executed');
    expect(await done('duty2', '接班')).toBe('executed');
    const { body } = await (await as('duty2')).get('/api/v1/duty?shift=1');
    expect(body).toMatchObject({
      shift: { n: 1, status: 'closed', handedOver: { by: 'duty1' }, closed: { by: 'duty2' } },
      sheet: { equipment: '传真机缺纸', documents: null },
    });
    expect(codeIn(await (await as('duty2')).get('/api/v1/duty?shift=99'))).toEqual([404, 'no_such_shift']);
  });
});

describe('值班表', () => {
  test.each([
    ['应急办', 'office1', [200, null]],
    ['带班领导', 'leader1', [200, null]],
    ['值班员', 'duty1', [403, 'not_authorised']],
    ['系统管理员', 'admin1', [403, 'not_authorised']],
  ])('%s导入', async (_title, person, answered) => {
    const browser = await as(person);
    expect(codeIn(await browser.post('/api/v1/roster/files', MONTH))).toEqual(answered);
    const work = await browser.post('/api/v1/long-work', { kind: 'import_month', sheet: [], changeAt: 510 });
    expect(codeIn(work)).toEqual(answered[0] === 200 ? [202, null] : answered);
  });

  test('日历上看得到每天谁值班，人人可看', async () => {
    const { body } = await (await as('hubin1')).get('/api/v1/roster/month?month=2026-10');
    const { days } = body as {
      days: readonly { day: string; kind: string; holiday: string | null; kept: readonly { person: string }[] }[];
    };
    expect([days.length, days[0]?.kind, days[0]?.holiday]).toEqual([31, 'holiday', '国庆节']);
    expect(days[20]?.kept.map(({ person }) => person)).toEqual(['duty1', 'leader1']);
  });
});

describe('后台工作', () => {
  const bundle = { kind: 'bundle', n: 1 };
  type Browser = Awaited<ReturnType<typeof as>>;
  const madeBy = async (
    browser: Browser,
    asked: object,
  ): Promise<{ readonly id: string; readonly done: number; readonly file: string | null }> => {
    const begun = (await browser.post('/api/v1/long-work', asked)).body as { id: string };
    for (;;) {
      const { body } = await browser.get(`/api/v1/long-work/${begun.id}`);
      if ((body as { state: string }).state !== 'running') return body as Awaited<ReturnType<typeof madeBy>>;
      await new Promise((later) => setTimeout(later, 20));
    }
  };

  test('证据包只有能看档案的人能要，做好后别人取不到', async () => {
    const officer = await as('duty1');
    const begun = await madeBy(officer, bundle);
    expect((await officer.get(`/api/v1/long-work/${begun.id}/file`)).status).toBe(200);
    expect(codeIn(await (await as('duty2')).get(`/api/v1/long-work/${begun.id}/file`))).toEqual([404, 'no_work']);
    expect(codeIn(await (await as('shanzhou1')).post('/api/v1/long-work', bundle))).toEqual([404, 'no_incident']);
    expect(codeIn(await (await as('admin1')).post('/api/v1/long-work', bundle))).toEqual([403, 'content_apart']);
  });

  test('操作记录作为后台工作导出：只给审计员；按查询的条件取，取走一次记一次', async () => {
    const auditor = await as('auditor1');
    expect(codeIn(await (await as('duty1')).post('/api/v1/long-work', { kind: 'export_audit' }))).toEqual([403, 'not_in_scope']);
    const made = await madeBy(auditor, { kind: 'export_audit', stream: 'duty', person: 'duty1' });
    expect(made).toMatchObject({ state: 'done', step: 'write', file: '操作记录.xlsx', about: { stream: 'duty', person: 'duty1' } });
    const all = await madeBy(auditor, { kind: 'export_audit' });
    expect(all.done).toBeGreaterThan(made.done);
    expect((await auditor.get(`/api/v1/long-work/${made.id}/file`)).status).toBe(200);
    const { body } = await auditor.get('/api/v1/audit?type=FileExported&limit=1');
    expect(body).toMatchObject({ items: [{ actor: 'auditor1', body: { what: 'audit', format: 'xlsx', unmasked: false } }] });
  });

  test('统计只给有权看统计的人；缺了要件的请求说出缺什么', async () => {
    expect(codeIn(await (await as('hubin1')).post('/api/v1/long-work', { kind: 'export_statistics' }))).toEqual([403, 'not_in_scope']);
    const { status, body } = await (await as('duty1')).post('/api/v1/long-work', { kind: 'bundle' });
    expect([status, body]).toMatchObject([422, { error: { code: 'invalid', field: 'n' } }]);
  });
});
