/** What every notice of a decision says about the power behind it: who stands in, and what was approved by word of mouth only. */
import type { ActType, Intent, Purpose } from '../intent';
import { type Message, open, summary } from '../message';
import { clockText, person, type View } from './view';

const DECISIONS: readonly Purpose[] = ['level_noted', 'activation_notice', 'level_change_notice', 'termination_notice', 'summary'];
const DECIDING_ACTS: readonly ActType[] = [
  'LevelConfirmed',
  'WarningIssued',
  'WarningLifted',
  'CommandTransferred',
  'MonitoringStarted',
  'IncidentTransferred',
  'IncidentDismissed',
  'IncidentMerged',
  'TerminationRefused',
  'IncidentReopened',
  'ObligationWaived',
];

/** Adds 代行 and 口头批准 to a notice of a decision; other messages stay as they are. */
export function withPowers(view: View, { purpose, act, oral }: Intent, made: Message): Message {
  const decides = DECISIONS.includes(purpose) || (purpose === 'act_noted' && act !== undefined && DECIDING_ACTS.includes(act.type));
  if (!decides) return made;
  const { standIn, approvals } = view.state;
  const approval = oral === undefined ? undefined : approvals[oral];
  const written = approval !== undefined && approval.confirmedAt !== null;
  return {
    ...made,
    lines: [
      ...made.lines,
      ...(oral === undefined ? [] : [open(written ? '（口头批准，已书面确认）' : '（口头批准，待补书面确认）')]),
      ...(standIn === null
        ? []
        : [
            summary(
              '代行：',
              person(view, standIn.person),
              ' 代行 ',
              person(view, standIn.standsFor),
              ` 的职责，至 ${clockText(standIn.until)}`,
            ),
          ]),
    ],
  };
}
