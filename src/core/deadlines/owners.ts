/** Which role owes what nobody was asked for by name: the pack where it says so, else the duty system (procedure section 4). */
import { levelOf, type Rank, type Rulebook } from '../plans/rulebook';

/** The county bureau concerned: its head, or whoever keeps its duty. */
export const COUNTY = 'territorial_bureau';

/** Papers are drafted by the section in charge unless somebody else is named. */
const DRAFTER = 'section_in_charge';
/** Steps of the posts every bureau has. */
const POSTS = {
  duty_officer: ['tell_duty_leader', 'phone_superior'],
  press_section: ['opinion_first', 'opinion_target', 'press_conference'],
};
const USUAL = new Map(Object.entries(POSTS).flatMap(([role, steps]) => steps.map((step): [string, string] => [step, role])));
/** Steps that a written paper going out fulfils. */
export const WRITTEN_FIRST = 'written_first';
export const FINAL_REPORT = 'final_report';
/** Personal data are destroyed by whoever keeps the archive. */
const PURGE = 'data_purge';

/** Owner of each step: a role of the plan whose task falls due with it or whose aftermath work it is, else the usual one. */
export function ownersOf({ pack }: Rulebook): (step: string) => string {
  const roles = new Set(pack.roles.map((role) => role.id));
  const tasks = pack.procedure.flatMap((step) =>
    step.tasks.map((task) => ({ by: task.to, steps: task.due === undefined ? [] : [task.due] })),
  );
  const aftermath = pack.after_action.map((work) => ({ by: work.by, steps: work.deadlines }));
  const archive = pack.authority.filter((row) => row.act === 'archive').map((row) => ({ by: row.roles, steps: [PURGE] }));
  const named = new Map<string, string>();
  for (const { by, steps } of [...tasks, ...aftermath, ...archive]) {
    const role = by.find((id) => roles.has(id));
    for (const step of steps) if (role !== undefined && !named.has(step)) named.set(step, role);
  }
  return (step) => named.get(step) ?? USUAL.get(step) ?? DRAFTER;
}

/** Roles that owe the decision on activation at a level, the first to be named; deputies only in their place. */
export function deciders({ pack }: Rulebook, rank: Rank | null): readonly string[] {
  const may = (levelOf({ pack }, rank) ?? pack.ungraded).activate?.roles ?? [];
  const first = may.filter((role) => !pack.command.deputies.includes(role));
  return first.length > 0 ? first : [pack.command.commander];
}

/** At a level that calls the county alone, the county reports the progress. */
export function reportsByCounty(rules: Rulebook, rank: Rank | null): boolean {
  return levelOf(rules, rank)?.calls === 'county';
}
