/** A long incident as the duty room would live it, with every word kept, for the tests of papers. */
import { readPaperWording } from '../../../src/config/paperWording';
import type { IncidentCommand } from '../../../src/core/incident/commands';
import type { TextRef } from '../../../src/core/incident/events';
import { isOpen, recordsOf } from '../../../src/core/incident/records/find';
import { openAsks } from '../../../src/core/incident/state';
import { DAY, HOUR, MINUTE } from '../../../src/core/instant';
import type { PaperDraft, PaperKind } from '../../../src/core/papers/draft';
import { draftPaper } from '../../../src/core/papers/draftPaper';
import type { OfficialDetails } from '../../../src/core/papers/officialPaper';
import type { EarlierPaper, IncidentRecord, PaperContext } from '../../../src/core/papers/record';
import { type Untraced, untraced } from '../../../src/core/papers/trace';
import type { PaperWording } from '../../../src/core/papers/wording';
import type { RecordKind } from '../../../src/core/plans/schema/records';
import { readReport } from '../../../src/core/report/read';
import { CONFIG, clock, type Given, given, proposal, ROSTER, RULES } from '../builders';
import { enter, newest, open } from '../incident/recordBuilders';

/** The words as shipped. */
export const WORDING: PaperWording = shipped();

function shipped(): PaperWording {
  const read = readPaperWording(CONFIG);
  if (read.is === 'faults') throw new Error(JSON.stringify(read.faults));
  return read.wording;
}

export const OFFICE = { organ: '某市市场监督管理局', phone: '0398-0000000' };

/** What the office gives when it signs. */
export const DETAILS: OfficialDetails = {
  ...{ organ: OFFICE.organ, masthead: null, urgency: null, number: null, signer: '王总', signedAt: null },
  ...{ attachments: [], printed: null },
};

/** What happens, told one line after the other; every text is kept as the vault would. */
export class Life {
  given: Given = given();
  readonly texts = new Map<string, string>();
  readonly papers: EarlierPaper[] = [];
  /** What was sent without an origin; nothing, if all is well. */
  readonly invented: Untraced[] = [];
  private at = clock('09:05');

  /** A text that somebody wrote. */
  said(text: string): TextRef {
    const id = `text-${this.texts.size + 1}`;
    this.texts.set(id, text);
    return { id, commitment: `hash of ${id}` };
  }

  /** Said by this person, some minutes after what was before. */
  does(who: string, command: IncidentCommand, minutes = 3, room: string | null = 'duty'): this {
    this.at += minutes * MINUTE;
    this.given = this.given.after(who, command, { at: this.at, room });
    return this;
  }

  reads(text: string) {
    return readReport(text, this.at, { counties: ROSTER.counties }, 'report');
  }

  reports(text: string, who = 'duty1'): this {
    const { fields, facts } = this.reads(text);
    const receivedAt = this.at;
    return this.does(who, { type: 'ReportIncident', n: 1, receivedAt, text: this.said(text), fields, facts, suggestion: proposal(3) }, 1);
  }

  supplements(text: string, how: 'supplement' | 'correction' = 'supplement'): this {
    const { fields, facts } = this.reads(text);
    return this.does('duty1', {
      type: 'SupplementIncident',
      how,
      text: this.said(text),
      fields: { ...fields, cause: null, source: null },
      facts,
    });
  }

  figures(text: string, verified = true): this {
    return this.does('duty1', { type: 'RecordFigures', facts: this.reads(text).facts, verified, source: this.said(text) });
  }

  progress(who: string, text: string, step?: 'departed' | 'arrived' | 'scene'): this {
    return this.does(who, { type: 'ReportProgress', text: this.said(text), ...(step === undefined ? {} : { step }) });
  }

  opens(who: string, kind: RecordKind, text: string, some: Parameters<typeof open>[1] = {}): this {
    return this.does(who, { ...open(kind, { words: this.said(text), ...some }) });
  }

  enters(who: string, move: Parameters<typeof enter>[1], text: string, kind?: RecordKind): this {
    const record = kind === undefined ? newest(this.given) : recordsOf(this.given.state, kind).findLast(isOpen);
    if (record === undefined) throw new Error(`no open ${kind}`);
    return this.does(who, enter(record, move, { words: this.said(text) }));
  }

  /** Everybody who is still asked answers, half a minute apart. */
  everybodyAnswers(): this {
    for (const { id } of openAsks(this.given.state)) {
      const ask = openAsks(this.given.state).find((one) => one.id === id);
      if (ask !== undefined) this.does(ask.person, { type: 'Acknowledge', call: null, via: 'text' }, 0.5, ask.room);
    }
    return this;
  }

  later(minutes: number): this {
    this.at += minutes * MINUTE;
    return this;
  }

  get record(): IncidentRecord {
    return { is: 'incident', state: this.given.state, events: this.given.history };
  }

  context(some: Partial<PaperContext> = {}): PaperContext {
    return {
      ...{ now: this.at + MINUTE, mode: 'real', rules: RULES, roster: ROSTER, wording: WORDING, texts: this.texts },
      ...{ earlier: this.papers, about: null, drafter: 'duty1', hand: {}, office: OFFICE },
      ...some,
    };
  }

  draft(kind: PaperKind, some: Partial<PaperContext> = {}): PaperDraft {
    return draftPaper(kind, this.record, this.context(some));
  }

  /** Drafted and sent five minutes later. */
  sends(kind: PaperKind, some: Partial<PaperContext> = {}): PaperDraft {
    const draft = this.draft(kind, some);
    this.invented.push(...untraced(draft, this.record, this.context(some)));
    this.at += 5 * MINUTE;
    this.papers.push({ id: `paper-${this.papers.length + 1}`, draft, sentAt: this.at, number: null });
    return draft;
  }
}

const REPORT =
  '今天上午8点40分左右，湖滨区黄河路某健身中心有近200名消费者聚集，因闭店跑路要求退还预付卡余额，涉及会员300余人，涉案金额约120万元，3人受伤已送医，无死亡。湖滨区局已派员到场维持秩序、登记诉求。联系人张三丰，电话19900001234。';

/** From the first report to the eve of the archive, with 首报, three 续报 and 终报 sent on the way. */
export function longLife(): Life {
  const life = new Life().reports(REPORT);
  life.everybodyAnswers();
  life.does('duty1', {
    type: 'ProposeAssessment',
    category: 'concentrated_complaints',
    rank: 3,
    trigger: null,
    text: life.said('人数仍在增加，可能堵塞道路'),
  });
  life.sends('first_report');
  life.does('director', { type: 'SetLevel', rank: 3, reason: life.said('影响较大'), confirmed: true });
  life.does('director', { type: 'ActivateResponse', confirmed: true }).everybodyAnswers();
  life.progress('site1', '已到现场', 'arrived').progress('site1', '现场约150人，情绪平稳，已设登记点2处', 'scene');
  life.does('duty1', {
    type: 'LogPhone',
    party: 'gov',
    spokeWith: life.said('市政府值班室'),
    calledAt: clock('09:20'),
    words: life.said('已报告，要求妥善处置'),
  });
  life.figures('受伤5人，涉及金额约150万元').figures('现场聚集150人');
  life.sends('progress_report');
  life.opens('coord1', 'liaison', '请协助核查企业法定代表人去向');
  life.opens('op1', 'opinion_sheet', '本地论坛出现讨论帖', { parts: { 来源: life.said('本地论坛'), 热度: life.said('阅读3200次') } });
  life.does('deputy1', { type: 'GiveTask', owner: 'inv1', what: life.said('查清预付卡余额'), dueAt: clock('15:00') });
  life.supplements('更正：受伤6人，地点为湖滨区黄河东路88号', 'correction');
  life.sends('progress_report');
  life.does('duty1', {
    type: 'ReceiveDirective',
    leader: 'director',
    words: life.said('务必当日答复群众'),
    assignee: 'cons1',
    receivedAt: clock('09:30'),
    dueAt: null,
  });
  life.does('director', { type: 'ChangeLevel', rank: 2, reason: life.said('涉及金额增加'), confirmed: true }).everybodyAnswers();
  life.enters('coord1', 'answer', '公安机关已立案', 'liaison');
  life.opens('inv1', 'evidence', '会员登记表1份', { hash: 'ab12'.repeat(16) });
  life.opens('coord1', 'scheme', '先行垫付、分批退费');
  life.opens('site1', 'goods', '帐篷');
  life.opens('coord1', 'bulletin', '当日情况');
  life.figures('受伤6人，涉及金额180万元');
  life.sends('progress_report');
  life.opens('inv1', 'conclusion', '经营者资金链断裂后闭店，涉嫌违法');
  life.later((4 * HOUR) / MINUTE);
  life.does('director', {
    type: 'TerminateResponse',
    reason: life.said('群众已全部离场，退费方案落实'),
    grounds: [RULES.pack.termination.criteria[0]?.id ?? ''],
    confirmed: true,
  });
  life.later(DAY / MINUTE);
  return life;
}
