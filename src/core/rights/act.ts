/** What somebody may want to do, as the one policy of rights knows it. */
import type { LevelAct, ListedAct } from '../incident/authority';
import type { IncidentCommand } from '../incident/commands';
import { isDecided } from '../incident/records/kinds';

/** Acts on what an incident holds: its row in a list, its substance, its chain of events, more facts for it. */
export const INCIDENT_ACTS = ['list_incidents', 'read_incident', 'read_record', 'supplement'] as const;
export type IncidentAct = (typeof INCIDENT_ACTS)[number];

/** Acts that hang on no single incident. */
export const OFFICE_ACTS = ['report', 'read_on_duty', 'read_statistics', 'read_operation'] as const;
export type OfficeAct = (typeof OFFICE_ACTS)[number];

/** A decision of the table of authority; `rank` is the level it counts at, null where the plan asks for none. */
export interface Decision {
  readonly decide: LevelAct | ListedAct;
  readonly rank: number | null;
}

export type Act = IncidentAct | OfficeAct | Decision;

/** Scopes a machine's token can have; none includes another. */
export const SCOPES = ['read', 'report', 'command'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * Every decision of decisions.md section 1, and what stands in for one: word of mouth, a stand-in, a higher organ's word, what changes
 * which incident goes on. A machine gives none of them, in nobody's name.
 */
const DECISIONS: ReadonlySet<IncidentCommand['type']> = new Set<IncidentCommand['type']>([
  ...(['SetLevel', 'ChangeLevel', 'ChangeResponseLevel', 'ConfirmLevel', 'TransferCommand', 'NameStandIn', 'EndStandIn'] as const),
  ...(['RecordOralApproval', 'ConfirmOralApproval', 'IssueWarning', 'LiftWarning', 'ActivateResponse', 'StartMonitoring'] as const),
  ...(['TransferIncident', 'ReturnTransfer', 'DismissIncident', 'MergeInto', 'AbsorbIncident', 'SplitIncident'] as const),
  ...(['ProposeTermination', 'RefuseTermination', 'TerminateResponse', 'ReopenIncident', 'StartReview', 'ArchiveIncident'] as const),
  ...(['WaiveObligation', 'WidenExposure', 'AssessRetention', 'RevealWords'] as const),
]);

/** Is the command one that only a person gives? */
export function isDecision(type: string): boolean {
  return (DECISIONS as ReadonlySet<string>).has(type);
}

/** The same of a whole command: approving a public text, or issuing a scheme, is a decision too. */
export function givesDecision(command: IncidentCommand): boolean {
  return isDecision(command.type) || (command.type === 'EnterRecord' && isDecided(command.move));
}
