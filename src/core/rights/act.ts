/** What somebody may want to do, as the one policy of rights knows it. */
import type { LevelAct, ListedAct } from '../incident/authority';
import type { IncidentCommand } from '../incident/commands';
import { isDecided } from '../incident/records/kinds';

/** Acts on what an incident holds: its row in a list, its substance, its chain of events, more facts for it. */
export const INCIDENT_ACTS = ['list_incidents', 'read_incident', 'read_record', 'supplement'] as const;
export type IncidentAct = (typeof INCIDENT_ACTS)[number];

/** Acts that hang on no single incident. */
export const OFFICE_ACTS = ['report', 'read_on_duty', 'read_statistics', 'read_operation', 'read_audit'] as const;
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
 * What a machine may hand in for a person: facts, figures, and that work was done. Everything else is the person's own: every decision of
 * decisions.md section 1, and 收到, which says that he himself was reached (section 5). What is new is refused until it stands here.
 */
const HANDED_IN: ReadonlySet<string> = new Set<IncidentCommand['type']>([
  ...(['SupplementIncident', 'ReportProgress', 'RecordFigures', 'LogPhone', 'RecordReceipt'] as const),
  ...(['CompleteTask', 'AnswerDirective', 'OpenRecord', 'EnterRecord'] as const),
]);

/** Is the command one that only a person gives? */
export function isPersonal(type: string): boolean {
  return !HANDED_IN.has(type);
}

/** The same of a whole command: approving a public text, or issuing a scheme, is a person's too. */
export function onlyInPerson(command: IncidentCommand): boolean {
  return isPersonal(command.type) || (command.type === 'EnterRecord' && isDecided(command.move));
}
