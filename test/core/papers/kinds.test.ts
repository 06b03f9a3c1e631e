/** Every kind of paper has its elements in order, and says so where the record is silent. */
import { describe, expect, test } from '@jest/globals';
import { type PaperDraft, type PaperItem, type PaperKind, textOf } from '../../../src/core/papers/draft';
import { draftPaper } from '../../../src/core/papers/draftPaper';
import { officialPaper } from '../../../src/core/papers/officialPaper';
import type { IncidentRecord } from '../../../src/core/papers/record';
import { PAPERS } from '../../../src/core/plans/schema/papers';
import { given, reported } from '../builders';
import { shift } from '../duty/builders';
import { Duty, longShift } from './dutyLife';
import { DETAILS, Life, longLife } from './life';

/** Elements that may not be missing, in their order (procedure section 7; decisions.md section 8; row P11). */
const ELEMENTS: Readonly<Record<PaperKind, string>> = {
  phone_report: 'caller party spoke_with called_at said instructions next_contact recorder',
  first_report: 'received source occurred place category level course harm scope cause measures leaders trend next requests site_contact',
  progress_report: 'span earlier figures facts measures trend opinion next',
  stage_report: 'span state level response_level figures facts measures trend problems next',
  correction: 'paper figures facts why',
  final_report: 'received occurred place category level course harm scope cause handling state aftermath lessons remaining close',
  warning_notice: 'category level since area matters measures issuer issued_at decided_by',
  warning_lift: 'matters issued_at why lifted_at issuer decided_by',
  consumer_alert: 'matter whom advice channel issuer',
  activation_notice: 'matter level plan started expected command groups measures report_times contact decided_by',
  level_change_notice: 'from to why since duties decided_by',
  termination_notice: 'matter activated grounds ended stops goes_on aftermath decided_by',
  handling_scheme: 'situation aims command measures division contact approval',
  task_order: 'matter what owner given due standard feedback report',
  supervision_notice: 'what owner due standard feedback reply',
  transfer_letter: 'organ facts place harm ground attachments reply_due contact',
  notification: 'facts place ground attachments reply_due contact',
  liaison_letter: 'facts asked reply_due contact',
  directive_record: 'leader received words how to due feedback',
  duty_bulletin: 'received place body harm measures next lines',
  work_bulletin: 'period situation groups measures next',
  daily_zero_report: 'period date matter counties silent leader officers',
  holding_statement: 'confirmed doing advice next_release issuer approval',
  public_notice: 'confirmed doing advice next_release issuer approval',
  opinion_sheet: 'number first_seen link seen_at what heat demands false_points level owner reply channel effect updates',
  evidence_list: 'matter list',
  legal_opinion: 'question asked_by opinion',
  supply_list: 'matter list',
  investigation_report: 'course cause loss loss_table responsibility handling prevention evidence',
  after_action_review:
    'basics timeline minutes roll_call prior reporting command coordination measures communication cause loss aftermath went_well problems clues improvements plan_changes annexes',
  drill_record: 'plan form script persons injects minutes evaluation follow_ups',
  case_text: 'facts nature handling law advice issuer',
  roll_call_sheet: 'list at',
  duty_log: 'date shift leader officers entries special',
  handover_sheet: 'shift out in incidents calls directives documents equipment notes confirmed_out confirmed_in',
};
const KINDS = Object.keys(PAPERS) as PaperKind[];
const OF_THE_SHIFT: readonly PaperKind[] = ['duty_log', 'handover_sheet', 'daily_zero_report'];

const life = longLife();
const duty = longShift(longLife());

/** An incident of which nobody has told anything. */
function silent(): IncidentRecord {
  const { state, history } = given(
    reported({ text: { id: 'gone', commitment: '' }, county: null, asked: [], by: null, suggestion: { ...NO_IDEA } }),
  );
  return { is: 'incident', state, events: history };
}
const NO_IDEA = { plan: 'consumer-mass-event', category: null, categoryGround: null, rank: null, grounds: [] };

function drafts(kind: PaperKind): readonly PaperDraft[] {
  const empty = OF_THE_SHIFT.includes(kind)
    ? draftPaper(kind, { is: 'duty', state: shift().state, events: shift().history, acts: [], incidents: [] }, duty.context())
    : draftPaper(kind, silent(), life.context({ earlier: [], texts: new Map() }));
  return [OF_THE_SHIFT.includes(kind) ? duty.draft(kind) : life.draft(kind), empty];
}

function said({ lines, table }: PaperItem): string {
  return [...lines.map(textOf), ...(table?.rows ?? []).map((row) => row.map(textOf).join(' '))].join('\n');
}

describe.each(KINDS)('%s', (kind) => {
  test('必备要素齐全、依次，记录丰富与否都一样', () => {
    for (const draft of drafts(kind)) {
      const required = draft.items.filter((item) => item.required).map(({ key }) => key);
      expect(required.join(' ')).toBe(ELEMENTS[kind]);
    }
  });

  test('没有内容的必备要素写明正在核实或者无，不留空', () => {
    const [, empty] = drafts(kind);
    for (const item of empty?.items ?? []) {
      const words = said(item);
      if (item.required) expect(words).not.toBe('');
      if (item.lines.some((line) => line.some(({ from }) => from.is === 'unknown' || from.is === 'none')))
        expect(words).toMatch(/正在核实|无/);
    }
  });

  test('演练文书的标题以【演练】开头，版面上没有密级、没有自编的文号', () => {
    const from = OF_THE_SHIFT.includes(kind) ? duty : life;
    const draft = from.draft(kind, { mode: 'drill' });
    expect(draft.title.startsWith('【演练】')).toBe(true);
    expect(from.draft(kind).title.startsWith('【演练】')).toBe(false);
    const paper = officialPaper(draft, DETAILS);
    expect(paper.number).toBeNull();
    expect(JSON.stringify(paper)).not.toMatch(/绝密|机密|秘密★/);
  });

  test('不写全电话号码，也不写消费者的姓名', () => {
    const from = OF_THE_SHIFT.includes(kind) ? duty : life;
    const words = JSON.stringify(from.draft(kind));
    expect(words).not.toMatch(/(?<![0-9a-f])1[0-9]{10}(?![0-9])/);
    expect(words).not.toContain('张三丰');
  });

  test('同样的记录拟出同样的文书，可以存成数据再取出', () => {
    const from = OF_THE_SHIFT.includes(kind) ? duty : life;
    const draft = from.draft(kind);
    expect(from.draft(kind)).toEqual(draft);
    expect(JSON.parse(JSON.stringify(draft))).toEqual(draft);
  });
});

test('空白的事件：首报各项写正在核实，请求事项写无', () => {
  const draft = draftPaper('first_report', silent(), life.context({ earlier: [], texts: new Map() }));
  const words = new Map(draft.items.map((item) => [item.key, said(item)]));
  for (const key of ['source', 'occurred', 'place', 'category', 'harm', 'scope', 'cause', 'measures', 'trend', 'next', 'site_contact'])
    expect([key, words.get(key)]).toEqual([key, '正在核实']);
  expect(words.get('requests')).toBe('无');
  expect(words.get('leaders')).toBe('无');
  expect(words.get('level')).toBe('未定级');
});

test('对外公开的文书不出现本局人员姓名，上行文才显示签发人', () => {
  const names = [...life.context().roster.people.values()].map(({ name }) => name);
  for (const kind of KINDS.filter((one) => life.draft(one).audience === 'public'))
    for (const name of names) expect(JSON.stringify(life.draft(kind))).not.toContain(name);
  expect(officialPaper(life.draft('first_report'), DETAILS).signer).toBe('王总');
  expect(officialPaper(life.draft('liaison_letter'), DETAILS).signer).toBeNull();
});

test('值班文书写的是这一班：记事、点名、未结事件、钥匙和故障', () => {
  const log = JSON.stringify(duty.draft('duty_log'));
  for (const words of ['接王先生来电', '199****5678', '签到', '启动响应']) expect(log).toContain(words);
  const sheet = duty.draft('handover_sheet');
  const of = (key: string): string => said(sheet.items.find((item) => item.key === key) ?? { ...NOBODY });
  expect(of('out')).toContain('周值一');
  expect(of('in')).toContain('吴值二');
  expect(of('incidents')).toContain('终报');
  expect(of('documents')).toBe('机要柜钥匙1把');
  expect(of('notes')).toBe('无');
  expect(of('confirmed_out')).toBe('周值一，2026年3月12日8时20分');
  expect(of('confirmed_in')).toBe('正在核实');
});
const NOBODY: PaperItem = { key: '', heading: '', section: null, flow: 'paragraph', required: false, lines: [], table: null };

test('点名册写清每人何时点名、何时答复、几分钟、何时到场', () => {
  const { items } = life.draft('roll_call_sheet');
  const rows = items.find(({ key }) => key === 'list')?.table?.rows.map((row) => row.map(textOf)) ?? [];
  expect(rows).toContainEqual([
    '现场处置组',
    '秦现一（现场处置组组长）',
    '3月11日9时20分',
    '3月11日9时22分，收到',
    '1',
    '3月11日9时29分',
    '',
  ]);
});

test('另一起事件没有人报过时，值班室的文书一样拟得出', () => {
  const empty = new Duty(new Life().reports('湖滨区一超市发生纠纷'));
  expect(empty.draft('handover_sheet').items.length).toBeGreaterThan(5);
});
