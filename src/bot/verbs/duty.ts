/** Verbs of the duty room: the shift, its log, swaps and stand-ins, hand-over, special periods, roll calls. */
import { countyPeople } from '../../core/incident/authority';
import { type Refusal, refuse } from '../../core/incident/refusal';
import type { RoomKind, Roster } from '../../core/roster/roster';
import { nearAt } from '../arguments/alike';
import { countyAt } from '../arguments/county';
import { dayAt, endOf } from '../arguments/day';
import { personAt } from '../arguments/person';
import { firstWord, trimmed } from '../arguments/spaces';
import { keepWords } from '../turn';
import { built, under, worded } from './row';
import { eachSeat, eachSwap } from './samples';
import { type DutyBuilt, type DutyRow, type DutySaid, dutyRow } from './standing';
import { answerSwap, proposeSwap, withdrawSwap } from './swap';

const LEADS = { who: '带班领导、应急办' };
const OFFICERS = { who: '本班值班员' };
/** The duty room itself, where it is led from, and private chats. */
export const DUTY_ROOMS: readonly RoomKind[] = ['duty', 'leader', 'private'];

export const DUTY_VERBS: readonly DutyRow[] = under({ section: '值班室', who: '值班人员', where: DUTY_ROOMS }, [
  dutyRow('open_shift', ['开班'], '开班', '按值班表开始第一班，以后各班由接班开始', () => built({ type: 'OpenShift', n: 0, left: null })),
  dutyRow('sign_in', ['签到', '到岗'], '签到', '到岗签到，也可以点按钮', () => built({ type: 'SignIn' })),
  dutyRow('write_log', ['日志'], '日志〔内容〕', '记一条值班日志；更正写：日志 更正 3 内容', writeLog, { dutySamples: () => ['情况'] }),
  dutyRow('propose_swap', ['换班'], '换班〔日期〕〔@对方〕〔理由〕', '请对方代值一班，互换再写对方的日期', proposeSwap, {
    dutySamples: eachSwap,
  }),
  dutyRow('withdraw_swap', ['撤回换班'], '撤回换班', '撤回自己提出的换班', withdrawSwap),
  dutyRow('agree_swap', ['同意换班'], '同意换班', '对方同意，或带班领导批准', answerSwap(true)),
  dutyRow('refuse_swap', ['不同意换班'], '不同意换班〔理由〕', '不同意或不批准换班', answerSwap(false), { dutySamples: () => ['理由'] }),
  dutyRow('stand_in_duty', ['顶班'], '顶班〔@缺岗人〕〔理由〕', '临时顶班，指定他人写：顶班 @缺岗人 @顶班人 理由', standIn, {
    dutySamples: eachSeat,
  }),
  dutyRow('prepare_handover', ['交接班单'], '交接班单', '列出未办事项；可写 文件钥匙：… 设备故障：… 其他：…', prepareHandover, OFFICERS),
  dutyRow(
    'hand_over',
    ['交班'],
    '交班',
    '交班人确认',
    async (said) => built({ type: 'HandOver', obligations: await said.obligations(), confirmed: said.confirmed }),
    { ...OFFICERS, confirms: true },
  ),
  dutyRow(
    'take_over',
    ['接班'],
    '接班',
    '接班人确认，下一班开始',
    async (said) => built({ type: 'TakeOver', obligations: await said.obligations(), confirmed: said.confirmed }),
    { who: '接班的值班员', confirms: true },
  ),
  dutyRow(
    'refuse_take_over',
    ['拒接班', '不接班'],
    '拒接班〔理由〕',
    '清单有缺，退回交班人',
    (said) => worded(said, 'reason', said.rest, (reason) => ({ type: 'RefuseTakeOver', reason })),
    { who: '接班的值班员', dutySamples: () => ['缺一件'] },
  ),
  dutyRow('special_period', ['特殊时期'], '特殊时期 开始〔名称〕〔至几月几日〕', '每日零报告；结束写：特殊时期 结束 理由', specialPeriod, {
    ...LEADS,
    confirms: true,
    dutySamples: () => ['开始 假期', '结束 已过'],
  }),
  dutyRow('report_zero', ['零报告'], '零报告〔情况〕', '特殊时期每日报告，没有情况不用写；逾期写：逾期原因：…', reportZero, {
    who: '县区局；本局由值班室',
    where: [...DUTY_ROOMS, 'county'],
    dutySamples: () => ['', '逾期原因：断网'],
  }),
  dutyRow('call_roll', ['查岗'], '查岗', '本班人员逐一应答', () => built({ type: 'CallRoll' }), { who: '局领导、带班领导、应急办' }),
  dutyRow('answer_roll', ['在岗', '应岗'], '在岗', '应答查岗，也可以点按钮', () => built({ type: 'AnswerRoll' }), { who: '本班人员' }),
]);

function writeLog(said: DutySaid): DutyBuilt {
  const mended = /^更正\s*第?\s*(\d{1,4})\s*条?[\s,，:：]*/u.exec(said.rest.normalize('NFKC'));
  const about = /[#＃](\d{1,6})(?!\d)/u.exec(said.rest)?.[1];
  const incident = about === undefined ? null : Number(about);
  const corrects = mended?.[1] === undefined ? null : Number(mended[1]);
  const words = mended === null ? said.rest : trimmed(said.rest.normalize('NFKC').slice(mended[0].length));
  return worded(said, 'duty_log', words, (text) => ({ type: 'WriteLog', text, incident, corrects }));
}

/** The absent one is named first; where nobody else is named the speaker himself stands in. */
function standIn(said: DutySaid): DutyBuilt | Refusal {
  const usage = '顶班〔@缺岗人〕〔理由〕';
  const { roster, person: speaker } = said.turn;
  const absent = personAt(roster, said.rest, usage);
  if (absent.is === 'refusal') return absent;
  const other = /^[@＠]/u.test(absent.rest) ? personAt(roster, absent.rest, usage) : null;
  if (other?.is === 'refusal') return other;
  const person = other?.person ?? speaker;
  if (person === null) return refuse('unknown_person', '通讯录里没有您的账号，不能办理。', '请联系应急办登记');
  return worded(said, 'reason', other?.rest ?? absent.rest, (reason) => ({ type: 'StandInOnDuty', absent: absent.person, person, reason }));
}

/** What stands behind each label, up to the next one; words without a label are 其他. */
async function prepareHandover(said: DutySaid): Promise<DutyBuilt> {
  const parts = said.rest.split(/(文件钥匙|设备故障|其他)\s*[:：]/u);
  const told = new Map<string, string>([['其他', trimmed(parts[0] ?? '')]]);
  for (let i = 1; i < parts.length; i += 2) told.set(parts[i] ?? '', trimmed(parts[i + 1] ?? ''));
  const kept = (label: string) => {
    const words = told.get(label) ?? '';
    return words === '' || words === '无' ? null : keepWords(said.turn, 'handover', words);
  };
  const [documents, equipment, notes] = [kept('文件钥匙'), kept('设备故障'), kept('其他')];
  return built(
    {
      type: 'PrepareHandover',
      obligations: await said.obligations(),
      documents: documents?.ref ?? null,
      equipment: equipment?.ref ?? null,
      notes: notes?.ref ?? null,
    },
    [documents, equipment, notes].flatMap((one) => (one === null ? [] : [one.text])),
  );
}

function specialPeriod(said: DutySaid): DutyBuilt | Refusal {
  const { word, rest } = firstWord(said.rest);
  const { confirmed } = said;
  if (word === '结束') return worded(said, 'reason', rest, (reason) => ({ type: 'EndSpecialPeriod', reason, confirmed }));
  if (word !== '开始')
    return refuse('argument_missing', '请写明开始还是结束。', '特殊时期 开始〔名称〕〔至几月几日〕，或 特殊时期 结束〔理由〕');
  const [before = '', after = ''] = rest.split(/(?:至|到)(?=\s*(?:\d|今|明|后))/u);
  const until = dayAt(trimmed(after), said.turn.heardAt);
  const title = until === null ? rest : before.trim();
  return worded(said, 'title', title, (ref) => ({
    type: 'StartSpecialPeriod',
    title: ref,
    until: until === null ? null : endOf(until.date),
    confirmed,
  }));
}

/** Of the county named in front (refuses `which_county`), else of the writer's own; the office's own where he has none. */
function reportZero(said: DutySaid): DutyBuilt | Refusal {
  const { roster, person } = said.turn;
  const named = countyAt(roster, said.rest);
  const strange = named === null ? unknownCounty(roster, said.rest) : null;
  if (strange !== null) return strange;
  const county =
    named?.county ?? roster.counties.find(({ id }) => person !== null && countyPeople(roster, id).includes(person))?.id ?? null;
  const [words = '', late] = (named?.rest ?? said.rest).split(/逾期原因\s*[:：]?\s*/u);
  const nothing = /^(?:无|没有情况|无情况|正常|平安)?[。.]?$/u.test(trimmed(words));
  const text = nothing ? null : keepWords(said.turn, 'zero_report', trimmed(words));
  const why = late === undefined || late.trim() === '' ? null : keepWords(said.turn, 'late_reason', late.trim());
  return built(
    { type: 'ReportZero', county, text: text?.ref ?? null, lateReason: why?.ref ?? null, confirmed: said.confirmed },
    [text, why].flatMap((one) => (one === null ? [] : [one.text])),
  );
}

/** A name like a county's in front that is none of ours. */
function unknownCounty({ counties }: Roster, words: string): Refusal | null {
  if (!/^[\u4e00-\u9fff]{1,4}[县区市](?=$|[\s,，:：局])/u.test(words)) return null;
  const names = counties.flatMap(({ names: [full = ''] }) => full);
  const near = nearAt(names, words);
  return refuse(
    'which_county',
    '没有这个县区。',
    `${near.length === 0 ? '可写' : '您是不是指'}：${(near.length === 0 ? names : near).join('、')}。零报告〔县区〕〔情况〕`,
  );
}
