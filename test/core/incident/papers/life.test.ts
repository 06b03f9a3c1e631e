/** A paper from its draft to the last receipt: who has it, what a change does to it, what stands once it went out, what is owed of it. */
import { describe, expect, test } from '@jest/globals';
import type { CommandOf, IncidentCommand } from '../../../../src/core/incident/commands';
import { standsAt, typedForPaper } from '../../../../src/core/incident/papers/find';
import type { Paper } from '../../../../src/core/incident/papers/paper';
import { openAsks } from '../../../../src/core/incident/state';
import { MINUTE } from '../../../../src/core/instant';
import type { PaperKind } from '../../../../src/core/plans/schema/papers';
import {
  answerTo,
  changeLevel,
  clock,
  events,
  type Given,
  given,
  levelSet,
  question,
  refusal,
  reported,
  ring,
  setLevel,
  words,
} from '../../builders';

const NOON = clock('12:00');
const reportedAtNoon = given(reported({ receivedAt: NOON }, '12:00'));

const draft = (kind: PaperKind = 'first_report', more: Partial<CommandOf<'DraftPaper'>> = {}): IncidentCommand => ({
  ...{ type: 'DraftPaper', kind, path: null, corrects: null, about: null, serial: null, content: words('paper'), unfit: null },
  ...more,
});
const newest = (g: Given): Paper => {
  const found = Object.values(g.state.papers).at(-1);
  if (found === undefined) throw new Error('there is no paper');
  return found;
};
const idOf = (g: Given): string => newest(g).id;
const pass = (g: Given, act: 'review' | 'text_check'): IncidentCommand => ({ type: 'PassPaper', paper: idOf(g), act, text: null });
const sign = (g: Given, more: Partial<CommandOf<'SignPaper'>> = {}): IncidentCommand => ({
  ...{ type: 'SignPaper', paper: idOf(g), text: null, unfit: null, confirmed: true },
  ...more,
});
const revise = (g: Given, changed = true): IncidentCommand => {
  return { type: 'RevisePaper', paper: idOf(g), content: words('paper-again'), changed, unfit: null };
};
const number = (g: Given): IncidentCommand => ({ type: 'NumberPaper', paper: idOf(g), number: '三市监〔2026〕12号' });
const send = (g: Given, party: string, more: Partial<CommandOf<'SendPaper'>> = {}): IncidentCommand => ({
  ...{ type: 'SendPaper', paper: idOf(g), to: { kind: 'party', id: party }, as: 'main', way: 'fax' },
  ...{ sentAt: (g.history.at(-1)?.at ?? NOON) + MINUTE, frozen: { hash: 'h', file: 'f' }, unfit: null, confirmed: true },
  ...more,
});
const receipt = (g: Given, party: string): IncidentCommand => ({
  ...{ type: 'RecordPaperReceipt', paper: idOf(g), to: { kind: 'party', id: party }, who: words('whom') },
  receivedAt: (g.history.at(-1)?.at ?? NOON) + MINUTE,
});

const drafted = reportedAtNoon.after('cons2', draft());
const checked = (() => {
  const reviewed = drafted.after('cons1', pass(drafted, 'review'));
  return reviewed.after('office1', pass(reviewed, 'text_check'));
})();
const signed = checked.after('deputy1', sign(checked));
const numbered = signed.after('office1', number(signed));
const sent = numbered.after('office1', send(numbered, 'gov'));
const asked = (g: Given): readonly string[] => openAsks(g.state).flatMap((ask) => (ask.kind === 'paper' ? [ask.person] : []));
const stands = (g: Given): string => standsAt(g.scene.rules, g.state, newest(g));
const typed = (g: Given): string => typedForPaper(g.scene.rules, g.state, newest(g));

describe('who has it', () => {
  test('每一步都点名下一个人，写明要输入什么', () => {
    expect([drafted, checked, signed, numbered, sent].map((g) => [stands(g), asked(g), typed(g)])).toEqual([
      ['待审核', ['cons1'], '#1 审核 1'],
      ['待签发', ['deputy1'], '#1 签发 1'],
      ['待编号报送', ['office1'], '#1 编号 1〔文号〕'],
      ['待编号报送', ['office1'], '#1 报送 1〔单位〕〔方式〕〔时间〕'],
      ['已报送', [], '#1 文稿 1'],
    ]);
  });
  test('在手里的一步有时限，过了提醒本人，办了就完', () => {
    const row = drafted.deadline(`paper_step:${idOf(drafted)}:1`);
    expect(row).toMatchObject({ owner: 'cons1', status: 'open', dueAt: row.baseAt + 30 * MINUTE });
    const rang = drafted.after(null, ring(row.key), { at: row.dueAt });
    expect(rang.history.at(-1)?.event).toMatchObject({ type: 'DeadlinesRang', rings: [{ people: ['cons1'] }] });
    expect(checked.deadline(`paper_step:${idOf(checked)}:2`)).toMatchObject({ status: 'met' });
  });
  test('签发以前改了级别，签发的人跟着改；签发以后不变', () => {
    const past = (g: Given) => g.history.map(({ at, event }) => ({ at, event }));
    const graver = given(...past(checked), levelSet(1, '12:10'));
    expect(answerTo(graver.when('deputy1', sign(graver)))).toBe('not_authorised');
    expect(answerTo(graver.when('director', sign(graver)))).toBe('accepted');
    const later = given(...past(signed), levelSet(1, '12:10'));
    expect(answerTo(later.when('office1', number(later)))).toBe('accepted');
  });
});

describe('another level while papers wait', () => {
  const graded = given(...checked.history.map(({ at, event }) => ({ at, event })), levelSet(3, '12:10'));
  const raised = graded.after('director', changeLevel(1), { at: '12:15' });

  test('待签发的改请新级别的签发人，原来的请求撤回，拟稿人和原签发人都知道', () => {
    expect(asked(graded)).toEqual(['deputy1']);
    expect([asked(raised), newest(raised).turns.at(-1)?.owner]).toEqual([['director'], 'director']);
    const event = raised.history.findLast((recorded) => recorded.event.type === 'PaperReassigned')?.event;
    expect(event).toMatchObject({
      owner: 'director',
      withdrawn: ['deputy1'],
      told: { people: expect.arrayContaining(['deputy1', 'cons2']) },
    });
    expect(answerTo(raised.when('director', sign(raised)))).toBe('accepted');
    expect(answerTo(raised.when('deputy1', sign(raised)))).toBe('not_authorised');
  });
  test('降回来又改请原来的签发人；定级与未定级时同一条链的不动', () => {
    expect(asked(raised.after('director', changeLevel(3), { at: '12:20' }))).toEqual(['deputy1']);
    expect(checked.after('director', { ...setLevel(3) }, { at: '12:10' }).history.map(({ event }) => event.type)).not.toContain(
      'PaperReassigned',
    );
    expect(asked(checked.after('director', { ...setLevel(1) }, { at: '12:10' }))).toEqual(['director']);
  });
  test('还在审核的、已经签发的，不改请', () => {
    for (const g of [drafted, signed]) {
      const now = g.after('director', setLevel(1), { at: '12:10' });
      expect(now.history.map(({ event }) => event.type)).not.toContain('PaperReassigned');
      expect(asked(now)).toEqual(asked(g));
    }
  });
  test('几份文稿同时等着，各改请各的，时限从改请时重新起算', () => {
    const second = drafted.after('cons2', draft('final_report'));
    const both = [...Object.keys(second.state.papers)].reduce((g, paper) => {
      const reviewed = g.after('cons1', { type: 'PassPaper', paper, act: 'review', text: null });
      return reviewed.after('office1', { type: 'PassPaper', paper, act: 'text_check', text: null });
    }, second);
    const now = both.after('director', setLevel(1), { at: '13:00' });
    expect(asked(now)).toEqual(['director', 'director']);
    for (const paper of Object.values(now.state.papers))
      expect(now.deadline(`paper_step:${paper.id}:${paper.turns.at(-1)?.seq}`)).toMatchObject({
        owner: 'director',
        status: 'open',
        baseAt: clock('13:00'),
      });
  });
});

describe('a change of the text', () => {
  test('拟稿人改了从头审核，原来等着的人解除，新的一稿再点名', () => {
    const again = checked.after('cons2', revise(checked));
    expect([stands(again), asked(again), newest(again).versions.map(({ version }) => version)]).toEqual(['待审核', ['cons1'], [1, 2]]);
    expect(newest(again).steps.map(({ act, on }) => [act, on])).toEqual([['draft', 2]]);
  });
  test('核稿的人在自己这一步改的，不必重新审核；改过的人不能签发', () => {
    const reviewed = drafted.after('cons1', pass(drafted, 'review'));
    const mended = reviewed.after('office1', revise(reviewed));
    expect([stands(mended), newest(mended).authors]).toEqual(['待核稿', ['cons2', 'office1']]);
    const passed = mended.after('office1', pass(mended, 'text_check'));
    expect(answerTo(passed.when('deputy1', sign(passed)))).toBe('accepted');
    expect(answerTo(passed.when('office1', sign(passed)))).toBe('own_draft');
  });
  test('没有改动的、签发人自己改的、报送以后的，都不行', () => {
    expect(answerTo(drafted.when('cons2', revise(drafted, false)))).toBe('nothing_changed');
    expect(answerTo(checked.when('deputy1', revise(checked)))).toBe('not_authorised');
    expect(refusal(sent.when('cons2', revise(sent)))).toMatchObject({ code: 'paper_frozen', hint: expect.stringContaining('更正补报 1') });
  });
  test('退改写明理由，回到拟稿人手里，改了才能再走', () => {
    expect(answerTo(checked.when('deputy1', { type: 'SendBackPaper', paper: idOf(checked), reason: null }))).toBe('reason_required');
    const back = checked.after('deputy1', { type: 'SendBackPaper', paper: idOf(checked), reason: words('why') });
    expect([stands(back), asked(back)]).toEqual(['已退改', ['cons2']]);
    expect(answerTo(back.when('deputy1', sign(back)))).toBe('wrong_stage');
    expect(stands(back.after('cons2', revise(back)))).toBe('待审核');
  });
  test('作废的不再办，也不占它那一种的次序', () => {
    const gone = drafted.after('cons2', { type: 'VoidPaper', paper: idOf(drafted), reason: words('why'), confirmed: true });
    expect([stands(gone), asked(gone), answerTo(gone.when('cons1', pass(gone, 'review')))]).toEqual(['已作废', [], 'paper_void']);
    expect(newest(gone.after('cons2', draft()))).toMatchObject({ n: 2, serial: 1 });
  });
});

describe('signing', () => {
  test('签发要确认码，问的话写明第几稿、接着交给谁', () => {
    expect(question(checked.when('deputy1', sign(checked, { confirmed: false })))).toMatchObject({
      effect: '签发文稿1（首报）第1稿，之后编号报送',
      pages: ['office1'],
    });
  });
  test('口头同意由带班领导登记，以本人名义签发，限时补书面确认，没有补的会响', () => {
    const oral = { type: 'RecordOralApproval' as const, who: 'deputy1', approvedAt: NOON, words: words('approval'), heardBy: ['leader1'] };
    const act = sign(checked) as CommandOf<'SignPaper'>;
    const approved = checked.after('leader1', { ...oral, act });
    const approval = Object.values(approved.state.approvals)[0];
    expect(newest(approved).steps.at(-1)).toMatchObject({ act: 'sign', by: 'deputy1', oral: approval?.id });
    const row = approved.deadline(`oral_backfill:${approval?.id}`);
    expect(row).toMatchObject({ status: 'open', nextAt: expect.any(Number) });
    expect(approved.after(null, ring(row.key), { at: row.dueAt }).history.at(-1)?.event).toMatchObject({ type: 'DeadlinesRang' });
    const backed = approved.after('deputy1', { type: 'ConfirmOralApproval', id: approval?.id ?? '', text: null });
    expect(backed.deadline(row.key).status).toBe('met');
    expect(answerTo(checked.when('leader1', { ...oral, who: 'cons1', act }))).toBe('approver_not_authorised');
  });
  test('对外文字有个人信息不能签发，任何文稿有国家秘密标志都不办', () => {
    const text = reportedAtNoon.after('press1', draft('public_notice'));
    const ready = text.after('office1', pass(text, 'text_check'));
    expect(answerTo(ready.when('director', sign(ready, { unfit: 'personal_data' })))).toBe('personal_data');
    expect(answerTo(ready.when('director', sign(ready)))).toBe('accepted');
    expect(answerTo(reportedAtNoon.when('cons2', draft('first_report', { unfit: 'secrecy_mark' })))).toBe('secrecy_mark');
  });
});

describe('going out', () => {
  test('没有文号、没有方式、不在其时、同一单位第二次，都不行；第一次要确认码', () => {
    expect(answerTo(signed.when('office1', send(signed, 'gov')))).toBe('number_required');
    expect(answerTo(numbered.when('office1', send(numbered, 'gov', { way: null })))).toBe('way_required');
    expect(answerTo(numbered.when('office1', send(numbered, 'gov', { to: null })))).toBe('which_party');
    expect(answerTo(numbered.when('office1', send(numbered, 'gov', { sentAt: NOON - MINUTE })))).toBe('too_early');
    expect(answerTo(numbered.when('office1', send(numbered, 'gov', { confirmed: false })))).toBe('asked');
    expect(answerTo(sent.when('office1', send(sent, 'gov')))).toBe('already_sent');
    expect(answerTo(sent.when('office1', send(sent, 'prov', { confirmed: false })))).toBe('accepted');
  });
  test('第一次报送固定内容和文件，以后的报送不再改它', () => {
    const both = sent.after('office1', send(sent, 'prov', { frozen: { hash: 'other', file: null }, as: 'copy' }));
    expect(newest(both).frozen).toEqual({ hash: 'h', file: 'f' });
    expect(newest(both).sendings.map(({ to, as }) => [to.id, as])).toEqual([
      ['gov', 'main'],
      ['prov', 'copy'],
    ]);
  });
  test('首报按时报到两线，书面首报就办结；逾期的仍开着，要写明原因', () => {
    expect(sent.deadline('written_first').status).toBe('open');
    expect(sent.after('office1', send(sent, 'prov')).deadline('written_first').status).toBe('met');
    const due = numbered.deadline('written_first').dueAt;
    const late = numbered.when('office1', send(numbered, 'gov', { sentAt: due + 5 * MINUTE }), { at: due + 6 * MINUTE });
    expect(events(late).map(({ type }) => type)).toEqual(['PaperSent']);
  });
  test('没有回执的到时提醒报送的人，登记了就完；更正只能针对报出去的', () => {
    const [sending] = newest(sent).sendings;
    const row = sent.deadline(`paper_receipt:${sending?.id}`);
    expect(row).toMatchObject({ owner: 'office1', status: 'open', dueAt: row.baseAt + 60 * MINUTE });
    const rang = sent.after(null, ring(row.key), { at: row.dueAt });
    expect(rang.history.at(-1)?.event).toMatchObject({ rings: [{ key: row.key, people: ['office1'] }] });
    const confirmed = sent.after('duty1', receipt(sent, 'gov'));
    expect(confirmed.deadline(row.key).status).toBe('met');
    expect(answerTo(confirmed.when('office1', receipt(confirmed, 'gov')))).toBe('already_received');
    expect(answerTo(sent.when('office1', receipt(sent, 'prov')))).toBe('not_sent');
    expect(answerTo(drafted.when('cons2', draft('correction', { corrects: idOf(drafted) })))).toBe('not_sent');
    expect(newest(sent.after('cons2', draft('correction', { corrects: idOf(sent) }))).corrects).toBe(idOf(sent));
  });
});
