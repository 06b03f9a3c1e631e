/** Verbs about what may be seen, for how long it is kept, and who is shown it unmasked. */
import { refuse } from '../../core/incident/refusal';
import { dayAt, endOf } from '../arguments/day';
import { mentionedIn } from '../arguments/person';
import { trimmed } from '../arguments/spaces';
import { type Build, built, glued, row, under, type VerbRow, worded } from './row';

const WIDEN = '公开范围 摘要';
const RETAIN = '保存评估〔留存至日期／销毁〕〔理由〕';

/** 公开范围 摘要: there is no other step; narrowing back is the room's own setting. */
const widen: Build = ({ rest, state }) =>
  rest === '摘要' ? built({ type: 'WidenExposure' }) : refuse('which_exposure', '公开范围只能放宽到摘要。', `#${state.n} ${WIDEN}`);

/** 保存评估 留存至11月30日 理由, or 保存评估 销毁 理由. */
const retain: Build = (said) => {
  const { rest, turn, state, confirmed } = said;
  const purge = /^销毁/u.exec(rest);
  const hold = /^(?:批准)?留存[至到]?/u.exec(rest);
  const found = purge ?? hold;
  if (found === null) return refuse('which_decision', '请写明是留存还是销毁。', `#${state.n} ${RETAIN}`);
  const words = trimmed(rest.slice(found[0].length));
  const day = purge === null ? dayAt(words, turn.heardAt) : null;
  const decision = purge === null ? 'hold' : 'purge';
  const until = day === null ? null : endOf(day.date);
  return worded(said, 'retention', day?.rest ?? words, (reason) => ({ type: 'AssessRetention', decision, until, reason, confirmed }));
};

/** 明文 理由 shows the report as it was written, 明文 @人 理由 a telephone number; 明文 证据包 理由 is said by the API before it makes one. */
const reveal: Build = (said) => {
  const { rest, turn, state } = said;
  const bundle = /^证据包\s+/u.exec(rest);
  if (bundle !== null)
    return worded(said, 'reveal', rest.slice(bundle[0].length), (reason) => ({ type: 'RevealWords', what: { is: 'bundle' }, reason }));
  const someone = mentionedIn(turn.roster, rest, `#${state.n} 明文〔@人〕〔理由〕`);
  if (someone?.is === 'refusal') return someone;
  const what = someone === null ? ({ is: 'report' } as const) : ({ is: 'phone', person: someone.person } as const);
  return worded(said, 'reveal', someone?.rest ?? rest, (reason) => ({ type: 'RevealWords', what, reason }));
};

export const PRIVACY_VERBS: readonly VerbRow[] = under({ section: '走向' }, [
  glued(
    row('widen_exposure', ['公开范围'], WIDEN, '允许设为摘要的群看到级别、县区、事由和人数', widen, {
      who: '带班领导、局领导',
      samples: () => ['摘要'],
    }),
  ),
  glued(
    row('assess_retention', ['保存评估'], RETAIN, '决定个人信息留存还是销毁', retain, {
      who: '局领导',
      confirms: true,
      samples: () => ['销毁 期限已到'],
    }),
  ),
  glued(
    row('reveal', ['明文', '查看明文'], '明文〔@人〕〔理由〕', '私聊查看原话或完整号码，留有记录', reveal, {
      who: '值班员、应急办',
      where: ['private'],
      samples: () => ['电话核实'],
      section: '查看',
    }),
    /^[@＠]/u,
  ),
]);
