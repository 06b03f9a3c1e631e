/** Kinds of work records that stand twice, that nobody could check or decide, or that are due by a step of something else. */
import type { PlanPack } from '../packSchema';
import type { DeadlineProfile } from '../profileSchema';
import { RECORD_KINDS, type RecordKind } from '../schema/records';
import { type PlanFault, repeats } from './fault';

/** Who a kind cannot do without. */
const NEEDED: Readonly<Partial<Record<RecordKind, 'check' | 'decide'>>> = {
  scheme: 'decide',
  proposal: 'decide',
  holding_statement: 'check',
};

/** `duplicate_id`, `record_without_power` and `record_step`. Without a sound profile (null) its steps are not looked at. */
export function recordFaults({ records }: PlanPack, profile: DeadlineProfile | null): readonly PlanFault[] {
  return [
    ...repeats(
      ['records'],
      records.map(({ kind }) => kind),
      'kind',
      '工作记录',
    ),
    ...records.flatMap((row, i) => {
      const power = NEEDED[row.kind];
      return power === undefined || row[power].length > 0
        ? []
        : [
            {
              path: ['records', i],
              code: 'record_without_power',
              zh: `“${RECORD_KINDS[row.kind]}”没有写由谁${POWER_ZH[power]}（${power}）`,
            },
          ];
    }),
    ...records.flatMap(({ due }, i) => {
      const step = profile?.steps.find(({ id }) => id === due);
      return step === undefined || step.starts === 'recorded'
        ? []
        : [{ path: ['records', i, 'due'], code: 'record_step', zh: `时限环节 ${step.id} 不是从登记时起算的（starts: recorded）` }];
    }),
  ];
}

const POWER_ZH = { check: '审核', decide: '决定' } as const;
