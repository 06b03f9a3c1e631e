/** Words of acts of hearing of an incident and learning more about it. */
import type { EventOf } from '../../../incident/events';
import { full, type Line, open } from '../../message';
import { intervalText } from '../facts';
import { regrade } from '../intake';
import { quoted, type View } from '../view';
import type { Acts } from './words';

export const INTAKE_ACTS: Acts<'ReadingChecked' | 'VerificationStarted' | 'FactsVerified' | 'SensitivityFlagged' | 'FiguresRecorded'> = {
  ReadingChecked: () => ({ heading: '识别结果已核对', lines: [] }),
  VerificationStarted: ({ state: { n } }) => ({
    heading: '开始核实',
    lines: [open(`核实结果请回复：#${n} 属实〔核实情况〕，或：#${n} 不实〔核实情况〕`)],
  }),
  FactsVerified: (view, { outcome, text }) => ({
    heading: outcome === 'confirmed' ? '核实属实' : '核实不实',
    lines: [...quoted(view, '核实情况', text), open(outcome === 'confirmed' ? next(view, '研判') : next(view, '不列入〔理由〕'))],
  }),
  SensitivityFlagged: (view, { on, reason }) => ({
    heading: on ? '已标为敏感事件' : '已解除敏感',
    lines: [...quoted(view, '理由', reason), open(on ? '时限从严计算，未办结的只会提前' : '已提前的时限不再推后')],
  }),
  FiguresRecorded: (view, event) => ({
    heading: '数字已登记',
    lines: [...figureLines(view, event), ...quoted(view, '来源', event.source), ...regrade(view)],
  }),
};

function next({ state }: View, typed: string): string {
  return `有权人员请回复：#${state.n} ${typed}`;
}

function figureLines({ rules }: View, { facts, verified }: EventOf<'FiguresRecorded'>): readonly Line[] {
  return facts.map(({ measure, interval }) => {
    const known = rules.pack.measures.find((m) => m.id === measure);
    return full(`${known?.zh ?? '数字'}：${intervalText(interval, known?.unit ?? '').trim()}（${verified ? '已核实' : '待核实'}）`);
  });
}
