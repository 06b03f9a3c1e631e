/** Which sign-off chain a paper goes, and whose step is next: the pack decides by kind of paper, reporting path, level and hour. */
import { dayOf, isWorked } from '../../calendar/calendar';
import { type Instant, localMinute, minuteOfDay } from '../../instant';
import type { PlanPack } from '../../plans/packSchema';
import { levelOf, type Rulebook } from '../../plans/rulebook';
import type { PaperKind } from '../../plans/schema/papers';
import { calendarOf, type Roster } from '../../roster/roster';
import { type IncidentState, rankOf } from '../state';
import type { ChainAct, Paper } from './paper';

export type Chain = PlanPack['sign_off'][number];

/** A way into a chain; `byLevel`: another level means another chain until the paper is signed. */
export interface Entry {
  readonly chain: Chain;
  readonly byLevel: boolean;
}

/**
 * Chains a new paper may go, the preferred first: the one for its kind alone, else outside office hours the short one, that of its path, that
 * of the level in force. Who begins it decides which: the first whose drafters include him.
 */
export function entriesFor(rules: Rulebook, roster: Roster, state: IncidentState, kind: PaperKind, path: string | null, at: Instant) {
  const { pack } = rules;
  const own = pack.sign_off.filter((chain) => chain.papers.includes(kind));
  if (own.length > 0) return own.map((chain): Entry => ({ chain, byLevel: false }));
  const short = pack.sign_off.filter((chain) => chain.off_hours !== undefined && isOffHours(roster, chain.off_hours, at));
  const named = pack.reporting_paths.find(({ id }) => id === path)?.sign_off;
  const chain = chainNamed(pack, named ?? byLevel(rules, state));
  return [...short.map((one): Entry => ({ chain: one, byLevel: false })), { chain, byLevel: named === undefined }];
}

/** The chain in force for a paper. */
export function chainOf(rules: Rulebook, state: IncidentState, paper: Pick<Paper, 'chain'>): Chain {
  return chainNamed(rules.pack, paper.chain ?? byLevel(rules, state));
}

/** The step a paper waits for; null where it waits for none: back at its drafter, out, or void. */
export function stepWaited(rules: Rulebook, state: IncidentState, paper: Pick<Paper, 'chain' | 'stage' | 'steps'>): ChainAct | null {
  if (paper.stage !== 'in_hand' && paper.stage !== 'signed') return null;
  const done = new Set(paper.steps.map(({ act }) => act));
  return chainOf(rules, state, paper).steps.find(({ act }) => act !== 'draft' && !done.has(act))?.act ?? null;
}

/** Roles of the pack that take a step of a chain; nobody where the chain has no such step. */
export function rolesAt(chain: Chain, act: ChainAct): readonly string[] {
  return chain.steps.find((step) => step.act === act)?.by ?? [];
}

/** Reporting paths of this house by which a kind goes out; what a county sends up itself is not ours. */
export function pathsFor({ pack }: Rulebook, kind: PaperKind): PlanPack['reporting_paths'] {
  const line = new Map(pack.parties.map((party) => [party.id, party.line]));
  return pack.reporting_paths.filter((path) => path.papers.includes(kind) && line.get(path.from) !== 'subordinate');
}

function byLevel({ pack }: Rulebook, state: IncidentState): string {
  return levelOf({ pack }, rankOf(state))?.sign_off ?? pack.ungraded.sign_off;
}

/** References are checked when the pack is read. */
function chainNamed({ sign_off, pack }: PlanPack, id: string): Chain {
  const found = sign_off.find((chain) => chain.id === id);
  if (found === undefined) throw new Error(`plan ${pack} has no sign-off chain ${id}`);
  return found;
}

function isOffHours(roster: Roster, { from, until }: NonNullable<Chain['off_hours']>, at: Instant): boolean {
  if (!isWorked(calendarOf(roster), dayOf(at))) return true;
  const minute = minuteOfDay(localMinute(at).slice(11, 16));
  return minute < minuteOfDay(from) || minute >= minuteOfDay(until);
}
