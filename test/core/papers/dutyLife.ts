/** A shift with log, roll call, special period and hand-over, told with words, for the tests of the duty room's papers. */
import type { DutyCommand } from '../../../src/core/duty/commands';
import type { TextRef } from '../../../src/core/incident/events';
import type { PaperDraft, PaperKind } from '../../../src/core/papers/draft';
import { draftPaper } from '../../../src/core/papers/draftPaper';
import type { DutyRecord, PaperContext } from '../../../src/core/papers/record';
import { clock, RULES } from '../builders';
import { AT_DUTY, NEXT_DAY, type Shifted, shift } from '../duty/builders';
import { type Life, OFFICE, WORDING } from './life';

/** One shift and the incident that ran during it. */
export class Duty {
  shifted: Shifted = shift();
  readonly texts: Map<string, string>;

  constructor(private readonly life: Life) {
    this.texts = life.texts;
  }

  said(text: string): TextRef {
    return this.life.said(text);
  }

  does(who: string, command: DutyCommand, at: string | number): this {
    this.shifted = this.shifted.after(who, command, at);
    return this;
  }

  get record(): DutyRecord {
    const { state, history: events } = this.shifted;
    const acts = this.life.record.events.map((recorded) => ({ n: 1, recorded }));
    return { is: 'duty', state, events, acts, incidents: [this.life.record] };
  }

  context(some: Partial<PaperContext> = {}): PaperContext {
    return {
      ...{ now: NEXT_DAY, mode: 'real', rules: RULES, roster: AT_DUTY.roster, wording: WORDING, texts: this.texts },
      ...{ earlier: [], about: null, drafter: 'duty1', hand: {}, office: OFFICE },
      ...some,
    };
  }

  draft(kind: PaperKind, some: Partial<PaperContext> = {}): PaperDraft {
    return draftPaper(kind, this.record, this.context(some));
  }
}

/** From 开班 to 交班, with an incident under way. */
export function longShift(life: Life): Duty {
  const duty = new Duty(life);
  return duty
    .does('leader1', { type: 'SignIn' }, '08:35')
    .does(
      'duty1',
      { type: 'WriteLog', text: duty.said('接王先生来电，反映食堂问题，电话19900005678，已转市场科'), incident: null, corrects: null },
      '09:00',
    )
    .does('duty1', { type: 'WriteLog', text: duty.said('已通知湖滨区局'), incident: 1, corrects: null }, '09:30')
    .does('leader1', { type: 'CallRoll' }, '22:00')
    .does('duty1', { type: 'AnswerRoll' }, '22:04')
    .does(
      'duty1',
      {
        type: 'PrepareHandover',
        obligations: [{ n: 1, key: 'final_report', kind: 'final_report', people: ['cons1'], dueAt: clock('2026-03-18T14:00:00+08:00') }],
        documents: duty.said('机要柜钥匙1把'),
        equipment: duty.said('传真机卡纸'),
        notes: null,
      },
      clock('2026-03-12T08:00:00+08:00'),
    )
    .does('duty1', { type: 'HandOver', obligations: [], confirmed: true }, clock('2026-03-12T08:20:00+08:00'));
}
