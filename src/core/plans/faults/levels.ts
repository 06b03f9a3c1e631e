/** Levels that contradict their scheme, share a name, or that nobody may declare. */
import type { Authority, PlanPack } from '../packSchema';
import { type PlanFault, repeats } from './fault';

type Path = readonly (string | number)[];

/** `level_scheme`, `duplicate_id` and `level_undeclared`. */
export function levelFaults(pack: PlanPack): readonly PlanFault[] {
  return [
    ...schemeFaults(pack),
    ...repeats(
      ['levels'],
      pack.levels.map((l) => String(l.rank)),
      'rank',
      '级别',
    ),
    ...nameFaults(pack),
    ...pack.levels.flatMap((level, i) => [
      ...nobody(['levels', i, 'set'], level.set, '定级'),
      ...nobody(['levels', i, 'activate'], level.activate, '启动'),
      ...nobody(['levels', i, 'terminate'], level.terminate, '终止'),
    ]),
  ];
}

function schemeFaults({ level_scheme, levels, ungraded, grading }: PlanPack): readonly PlanFault[] {
  const fault = (path: Path, zh: string): PlanFault => ({ path, code: 'level_scheme', zh });
  const acts = (['activate', 'terminate', 'calls'] as const).filter((act) => (ungraded[act] === undefined) === (level_scheme === 'none'));
  if (level_scheme === 'graded')
    return [
      ...(levels.length === 0 ? [fault(['levels'], '分级的预案必须列出级别')] : []),
      ...acts.map((act) => fault(['ungraded', act], `分级的预案在各级别里写 ${act}，这里不写`)),
    ];
  return [
    ...(levels.length > 0 ? [fault(['levels'], '不分级的预案不能列出级别')] : []),
    ...acts.map((act) => fault(['ungraded'], `不分级的预案必须在 ungraded 里写 ${act}`)),
    ...(['activate', 'terminate'] as const).flatMap((act) =>
      nobody(['ungraded', act], ungraded[act], act === 'activate' ? '启动' : '终止'),
    ),
    ...(grading.thresholds_enabled
      ? [fault(['grading', 'thresholds_enabled'], '不分级的预案不能启用数值标准：要分级请列出级别并改 level_scheme')]
      : []),
  ];
}

function nobody(path: Path, authority: Authority | undefined, what: string): readonly PlanFault[] {
  return authority?.roles.length === 0 ? [{ path, code: 'level_undeclared', zh: `没有任何人可以${what}：roles 至少写一个角色` }] : [];
}

/** A word people type must mean one level only. */
function nameFaults({ levels }: PlanPack): readonly PlanFault[] {
  return levels.flatMap((level, i) =>
    [...new Set([level.sign, level.zh, ...level.names])].flatMap((name) => {
      const other = levels.slice(0, i).find((l) => [l.sign, l.zh, ...l.names].includes(name));
      return other === undefined
        ? []
        : [{ path: ['levels', i, 'names'], code: 'duplicate_id', zh: `“${name}”已经指${other.zh}，不能再指${level.zh}` }];
    }),
  );
}
