/** Pack and profile made ready for reckoning, once for each rulebook: every command asks for every deadline. */
import { type Instant, MINUTE, minuteOfDay } from '../instant';
import type { LadderAction, ProfileStep } from '../plans/profileSchema';
import { columnOf, linesOf, type Rank, type Rulebook } from '../plans/rulebook';
import { ownersOf } from './owners';

export type Start = ProfileStep['starts'];

/** One rule on one obligation: the profile's own, another one beside it, or one of the pack for a category or matter. */
export interface Rule {
  readonly starts: Start;
  /** By column; null where the rule does not apply. */
  readonly terms: ReadonlyMap<string, number | null>;
  readonly basis: string;
  readonly source: string;
  readonly category: string | null;
  readonly matter: string | null;
}

/** Rings of one manner: shares of the term in percent, ascending, and what each of them does. */
export interface Rungs {
  readonly shares: readonly number[];
  readonly actions: readonly (readonly LadderAction[])[];
}

/** One step of the profile under this pack. */
export interface Step {
  readonly id: string;
  readonly starts: Start;
  readonly rule: Rule;
  /** Other rules on the same thing; the strictest counts, all are shown. */
  readonly others: readonly Rule[];
  readonly rungs: Rungs;
  /** Minutes of the day by column. */
  readonly times: ReadonlyMap<string, readonly number[]> | null;
  /** How long it is repeated every so many minutes; null where it is not. */
  readonly repeatsFor: number | null;
  readonly owner: string;
  /** Recipients that must all be served. */
  readonly lines: readonly string[];
  /** Steps fulfilled by the very same act: a target and what it is the target of. */
  readonly sameAct: readonly string[];
  /** Waiving that one waives this one. */
  readonly targetOf: string | null;
  /** A report upward: sensitivity makes its term at least as strict as that of an ungraded incident. */
  readonly upward: boolean;
}

export interface Terms {
  readonly rules: Rulebook;
  readonly steps: readonly Step[];
  readonly byId: ReadonlyMap<string, Step>;
  readonly column: (rank: Rank | null) => string;
  /** Step a task template falls due with. */
  readonly dueOfTask: ReadonlyMap<string, string>;
  /** Rings of an ask. */
  readonly ask: Rungs;
  /** Of an ask to a stand-in, who has no further one; the escalation goes on with the one stood in for. */
  readonly standIn: Rungs;
  /** Of an ask to a stand-in whose first man is out: he escalates himself. */
  readonly escalating: Rungs;
  /** Of a piece of work. */
  readonly clock: Rungs;
}

const KNOWN = new WeakMap<Rulebook, Terms>();

/** The same object for the same rulebook. */
export function termsOf(rules: Rulebook): Terms {
  const known = KNOWN.get(rules);
  if (known !== undefined) return known;
  const made = make(rules);
  KNOWN.set(rules, made);
  return made;
}

export const SILENT: Rungs = { shares: [], actions: [] };

function make(rules: Rulebook): Terms {
  const { profile, pack } = rules;
  const columns = new Map<Rank | null, string>([null, ...pack.levels.map((l) => l.rank)].map((rank) => [rank, columnOf(rules, rank)]));
  const ladder = profile.ladder.map((rung) => ({ share: rung.at, do: rung.do }));
  const over = profile.overtime.map((rung, i) => ({ share: 100 * (i + 2), do: rung.do }));
  const alone = ladder.map((rung) => ({ ...rung, do: rung.do.filter((action) => action !== 'call_stand_in') }));
  const ask = rungs([...ladder, ...over]);
  const clock = rungs(profile.clock_ladder.map((rung) => ({ share: rung.at, do: rung.do })));
  const owners = ownersOf(rules);
  const upward = new Set(pack.reporting_paths.flatMap((path) => path.deadlines));
  const steps = profile.steps.map((step) => ({
    ...stepOf(rules, step),
    rungs: step.rings === 'ask' ? ask : step.rings === 'clock' ? clock : SILENT,
    owner: owners(step.id),
    upward: step.starts === 'received' && upward.has(step.id),
  }));
  return {
    rules,
    steps,
    byId: new Map(steps.map((step) => [step.id, step])),
    column: (rank) => columns.get(rank) ?? columnOf(rules, rank),
    dueOfTask: dueOfTasks(rules),
    ask,
    standIn: rungs(alone),
    escalating: rungs([...alone, ...over]),
    clock,
  };
}

function dueOfTasks({ pack }: Rulebook): ReadonlyMap<string, string> {
  const templates = [...pack.procedure, ...pack.groups, ...pack.functions].flatMap((owner) => owner.tasks);
  return new Map(templates.flatMap((task): [string, string][] => (task.due === undefined ? [] : [[task.id, task.due]])));
}

function stepOf(rules: Rulebook, step: ProfileStep): Omit<Step, 'rungs' | 'owner' | 'upward'> {
  const { pack, profile } = rules;
  const starts = pack.level_scheme === 'none' ? (step.starts_level_free ?? step.starts) : step.starts;
  const everybody = { category: null, matter: null };
  const overrides = pack.deadline_overrides.filter((o) => o.step === step.id);
  return {
    id: step.id,
    starts,
    rule: rule({ ...step, ...everybody, starts }),
    others: [
      ...step.also.map((also) => rule({ ...also, ...everybody })),
      ...overrides.map((o) => rule({ ...o, starts: o.starts ?? starts, category: o.category ?? null, matter: o.matter ?? null })),
    ],
    times: step.at_times === undefined ? null : new Map(Object.entries(step.at_times).map(([c, times]) => [c, sorted(times)])),
    repeatsFor: step.repeats_for_minutes === undefined ? null : step.repeats_for_minutes * MINUTE,
    lines: linesOf(rules, step.id),
    sameAct: profile.steps.flatMap((s) => (s.target_of === step.id || step.target_of === s.id ? [s.id] : [])),
    targetOf: step.target_of ?? null,
  };
}

function rule(from: Omit<Rule, 'terms'> & { readonly minutes: Readonly<Record<string, number | null>> }): Rule {
  const { starts, basis, source, category, matter } = from;
  const terms = new Map(Object.entries(from.minutes).map(([c, minutes]) => [c, minutes === null ? null : minutes * MINUTE]));
  return { starts, terms, basis, source, category, matter };
}

function rungs(of: readonly { readonly share: number; readonly do: readonly LadderAction[] }[]): Rungs {
  return { shares: of.map((rung) => rung.share), actions: of.map((rung) => rung.do) };
}

function sorted(times: readonly string[]): readonly number[] {
  return times.map(minuteOfDay).sort((a, b) => a - b);
}

/** Moment of one ring: a share of the term, in overtime more than the whole. */
export function ringAt({ shares }: Rungs, stage: number, baseAt: Instant, dueAt: Instant): Instant | null {
  const share = shares[stage];
  return share === undefined ? null : baseAt + Math.round(((dueAt - baseAt) * share) / 100);
}
