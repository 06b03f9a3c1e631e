/** Incidents under way, as leaders read of them morning and evening and whenever they ask: level, what is owed, what was done last. */
import { DID_ZH } from '../../../duty/didZh';
import type { Instant } from '../../../instant';
import { type Line, summary } from '../../message';
import { clockText } from '../view';
import type { UnderWay } from './view';

/** Two lines an incident; no figure and no word of anybody, so that a pocket telephone may show them. */
export function underWayLines({ n, county, level, ended, owed, late, next, last }: UnderWay, now: Instant): readonly Line[] {
  const head = `#${n} ${county ?? '县区正在核实'}${level === null ? '' : `　${level}`}${ended ? '　响应已终止' : ''}`;
  const due = next === null ? '' : `，最早：${next.zh} ${clockText(next.dueAt, now)}`;
  const did = last === null ? null : (DID_ZH as Readonly<Record<string, string>>)[last.did];
  return [
    summary(`${head}　未办 ${owed} 项${late === 0 ? '' : `，其中逾期 ${late} 项`}${due}`),
    ...(last === null ? [] : [summary(`　最近：${clockText(last.at, now)} ${did ?? last.did}`)]),
  ];
}
