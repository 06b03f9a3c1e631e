/** What a blow is to the runner, and how one road under blows is judged. */
import { CAUGHT_UP_MS, type People } from './people';
import { type Difference, differenceOf, type RecordOfRun, recordOf } from './record';
import type { World } from './world';

export interface Fault {
  /** Short and stable, for `--only`. */
  readonly name: string;
  /** Runs by itself when everything else is over: what it measures would be blurred. */
  readonly isAlone?: boolean;
  run(given: Given): Promise<Outcome>;
}

export interface Given {
  /** The same road without any blow. */
  readonly undisturbed: RecordOfRun;
  /** How often the undisturbed road passes each named point. */
  readonly passes: Readonly<Record<string, number>>;
  /** Numbers in [0, 1) that follow from the seed and the fault's name. */
  readonly chance: () => number;
  /** Real-time limits are shortened in the database instead of waited out. */
  readonly isQuick: boolean;
}

export interface Outcome {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** What else went wrong, in words. */
  readonly faults: readonly string[];
  /** What a reader wants to know although it is no fault: counts, times. */
  readonly notes: readonly string[];
}

/** Compares what is left with the undisturbed run; being at rest again took too long is a fault too. */
export async function judge(world: World, people: People, undisturbed: RecordOfRun, notes: readonly string[] = []): Promise<Outcome> {
  const run = await recordOf(world);
  const { lost, doubled, repeats, unseen } = differenceOf(undisturbed, run);
  const late = people.longestMs() > CAUGHT_UP_MS ? [`at rest only after ${seconds(people.longestMs())}`] : [];
  return { lost, doubled, faults: [...run.faults, ...late], notes: [...notes, ...countsOf({ repeats, unseen }, run, people)] };
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function countsOf({ repeats, unseen }: Pick<Difference, 'repeats' | 'unseen'>, run: RecordOfRun, people: People): readonly string[] {
  const counts: readonly (readonly [number, string])[] = [
    [people.saidAgain(), 'said again'],
    [repeats, 'marked repeats'],
    [run.unknown.length, 'unknown'],
    [unseen, 'of them not seen'],
  ];
  const counted = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return people.longestMs() > 0 ? [...counted, `at rest after ${seconds(people.longestMs())}`] : counted;
}

/** Shortens the dead process's lease and the limits of its calls by 20 s, as if so much time had passed. */
export async function hurry(world: World): Promise<void> {
  await world.pool.query(`UPDATE connections SET lease_until_real = lease_until_real - interval '20 seconds'`);
  await world.pool.query(`UPDATE dispatches SET limit_real_at = limit_real_at - interval '20 seconds' WHERE state = 'sending'`);
}
