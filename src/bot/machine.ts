/** What a machine says: a report of another system, or words it types for a person; both are inbox rows like any message. */
import { z } from 'zod';
import type { InboxOutcome } from '../ports/inbox';
import { openIncident } from './opening';
import type { Turn } from './turn';

/** What the web face has checked of a machine's report, as it stands in the row. */
export const machineReportSchema = z.object({
  system: z.string(),
  source: z.string(),
  ref: z.string().nullable(),
  occurredAt: z.number().nullable(),
});
export type MachineReport = z.infer<typeof machineReportSchema>;

/** Always opens an incident, as 报告 does; nobody's role vouches for it, so it is 未核实 until somebody of the office confirms. */
export async function machineReport(turn: Turn, words: string, told: MachineReport): Promise<InboxOutcome> {
  const { system, source, ref, occurredAt } = told;
  const via = { system, source, ref };
  const { stream, version } = await openIncident(turn, words, { via, ...(occurredAt === null ? {} : { occurredAt }) });
  return { state: 'handled', outcome: 'executed', stream, version };
}
