/** Verbs by which a report is completed, checked and counted. */
import type { SiteStep } from '../../core/incident/events';
import { refuse } from '../../core/incident/refusal';
import { maskedPhone } from '../../core/privacy/mask';
import type { ReportFields } from '../../core/report/fields';
import { readReport } from '../../core/report/read';
import { type Build, built, reasoned, row, under, type VerbRow, withWords, worded } from './row';
import { alone } from './samples';

const REPORTERS = '报告人、值班员、牵头科室、工作组负责人、属地局';
const someFigure = (): readonly string[] => ['受伤3人'];

export const INTAKE_VERBS: readonly VerbRow[] = under({ section: '情况', who: '值班员、应急办、牵头科室' }, [
  row('supplement', ['补充'], '补充〔内容〕', '补充新情况', told('supplement'), { who: REPORTERS }),
  row('correct', ['更正'], '更正〔内容〕', '改正已报的情况', told('correction'), { who: REPORTERS }),
  row('check_reading', ['核对无误', '核对', '无误'], '核对无误', '读出的各项与报告一致', () => built({ type: 'CheckReading' }), {
    who: REPORTERS,
    samples: alone,
  }),
  row(
    'progress',
    ['进展', '续报'],
    '进展〔内容〕',
    '报告处置进展',
    (said) =>
      said.rest === ''
        ? refuse('argument_missing', '请写明内容。', `#${said.state.n} 进展〔内容〕`)
        : withWords(said, 'progress', said.rest, (text) => ({ type: 'ReportProgress', text })),
    { who: '工作组、属地局、值班人员' },
  ),
  siteStep('depart', 'departed', ['出发', '已出发', '出发了', '正在赶往现场'], '在去现场的路上'),
  siteStep('arrive', 'arrived', ['到达', '已到达', '到达现场', '已到达现场', '已到现场', '到了现场'], '到了现场'),
  siteStep('scene', 'scene', ['现场情况', '现场'], '报告现场情况'),
  row('figures', ['数字', '数据'], '数字〔人数、伤亡、金额等〕', '登记最新数字', figures(false), { samples: someFigure }),
  row('verified_figures', ['核定数字', '核定'], '核定数字〔人数、伤亡、金额等〕', '登记经核实的数字', figures(true), {
    samples: someFigure,
  }),
  row(
    'verify',
    ['核实', '开始核实'],
    '核实',
    '开始核实',
    ({ rest, state }) =>
      rest === ''
        ? built({ type: 'StartVerification' })
        : refuse('result_wanted', '核实结果请写明属实还是不实。', `#${state.n} 属实〔核实情况〕，或 #${state.n} 不实〔核实情况〕`),
    { samples: alone },
  ),
  row('true', ['属实', '情况属实'], '属实〔核实情况〕', '核实结果：属实', verified('confirmed')),
  row('untrue', ['不实', '不属实', '情况不实'], '不实〔核实情况〕', '核实结果：不实', verified('refuted')),
  row(
    'sensitive',
    ['敏感'],
    '敏感〔理由〕',
    '标为敏感，加急上报',
    reasoned((reason) => ({ type: 'FlagSensitivity', on: true, reason })),
  ),
  row(
    'not_sensitive',
    ['解除敏感'],
    '解除敏感〔理由〕',
    '撤销敏感标记',
    reasoned((reason) => ({ type: 'FlagSensitivity', on: false, reason })),
  ),
]);

/** Words of who is on the way or there; the word itself is kept with what follows it. */
function siteStep(verb: string, step: SiteStep, words: readonly string[], what: string): VerbRow {
  const [word = ''] = words;
  const build: Build = (said) =>
    withWords(said, 'progress', said.rest === '' ? word : said.rest, (text) => ({ type: 'ReportProgress', text, step }));
  return row(verb, words, `${word}〔情况〕`, what, build, { section: '应答', who: '工作组、属地局' });
}

/** New facts for a known incident; what it is about and how it became known stays as first told. */
function told(how: 'supplement' | 'correction'): Build {
  return (said) => {
    const { turn, rest, state } = said;
    if (rest === '') return refuse('argument_missing', '请写明内容。', `#${state.n} ${how === 'correction' ? '更正' : '补充'}〔内容〕`);
    const { fields, facts } = readReport(rest, turn.heardAt, turn.roster, 'report');
    const shown = { ...withoutPhone(fields), cause: null, source: null };
    return withWords(said, how, rest, (text) => ({ type: 'SupplementIncident', how, text, fields: shown, facts }));
  };
}

function figures(verified: boolean): Build {
  return (said) => {
    const { facts } = readReport(said.rest, said.turn.heardAt, said.turn.roster, 'report');
    return worded(said, 'figures', said.rest, (source) => ({ type: 'RecordFigures', facts, verified, source }));
  };
}

function verified(outcome: 'confirmed' | 'refuted'): Build {
  return (said) => worded(said, 'verification', said.rest, (text) => ({ type: 'VerifyFacts', outcome, text }));
}

/** A telephone number stays in the vault with the words it stands in: the record keeps where it is, and its mask. */
export function withoutPhone(fields: ReportFields): ReportFields {
  const phone = fields.contactPhone;
  return phone === null ? fields : { ...fields, contactPhone: { ...phone, value: maskedPhone(phone.value) } };
}
