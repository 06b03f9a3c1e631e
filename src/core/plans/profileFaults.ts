/** Faults of meaning in a deadline profile: steps without minutes, ladders that do not climb, steps the duty room cannot do without. */
import { type PlanFault, repeats } from './faults/fault';
import type { DeadlineProfile, ProfileStep } from './profileSchema';

/** Steps every incident needs, at every level. */
const NEEDED = ['duty_ack', 'assess', 'activate', 'group_ack', 'task_ack'];

/** Empty for a sound profile. */
export function profileFaults(profile: DeadlineProfile): readonly PlanFault[] {
  const { steps, columns } = profile;
  return [
    ...repeats(['columns'], columns, null, '列'),
    ...repeats(
      ['steps'],
      steps.map((s) => s.id),
      'id',
      '环节',
    ),
    ...(['duty', 'register'] as const).flatMap((list) =>
      repeats(
        [list],
        profile[list].map(({ id }) => id),
        'id',
        '事项',
      ),
    ),
    ...(['ladder', 'clock_ladder'] as const).flatMap((key) => (climbs(profile[key]) ? [] : [rungs(key)])),
    ...NEEDED.filter((id) => !steps.some((s) => s.id === id)).map((id) => ({
      path: ['steps'],
      code: 'step_missing',
      zh: `缺少环节：${id}`,
    })),
    ...steps.flatMap((step, i) => stepFaults(step, ['steps', i], profile)),
  ];
}

function climbs(ladder: DeadlineProfile['ladder']): boolean {
  return ladder.every((r, i) => r.at > (ladder[i - 1]?.at ?? 0)) && ladder.at(-1)?.at === 100;
}

function rungs(key: string): PlanFault {
  return { path: [key], code: 'rung_order', zh: '提醒阶梯必须逐级上升，最后一级为 100' };
}

function stepFaults(step: ProfileStep, path: readonly (string | number)[], { steps, columns }: DeadlineProfile): readonly PlanFault[] {
  const needed = NEEDED.includes(step.id);
  const named = [step.minutes, ...step.also.map((a) => a.minutes), step.at_times ?? {}].flatMap((record) => Object.keys(record));
  return [
    ...columns
      .filter((c) => step.minutes[c] === undefined || (needed && step.minutes[c] === null))
      .map((c) => ({ path: [...path, 'minutes'], code: 'column_missing', zh: `缺少“${c}”列的分钟数${needed ? '' : '，不适用的写 null'}` })),
    ...[...new Set(named.filter((c) => !columns.includes(c)))].map((c) => ({ path, code: 'unknown_column', zh: `columns 里没有“${c}”列` })),
    ...(step.target_of !== undefined && !steps.some((s) => s.id === step.target_of)
      ? [{ path: [...path, 'target_of'], code: 'unknown_deadline', zh: `没有这个环节：${step.target_of}` }]
      : []),
    ...(Object.values(step.minutes).every((m) => m === null) && step.at_times === undefined
      ? [{ path: [...path, 'minutes'], code: 'step_empty', zh: '这一环节没有任何时限' }]
      : []),
  ];
}
