/** Many lives are lived once for all rules that hold always; the rule that is broken tells the shortest life that breaks it. */
import { beforeAll, test } from '@jest/globals';
import fc from 'fast-check';
import { LIVES, type Lived, live, type Moment } from './lives';

const SEED = 20260311;
const RUNS = Number(process.env.PROPERTY_RUNS ?? 240);
/** Lives drawn from one seed, so that one that breaks a rule is found again quickly. */
const LOT = 40;

type Check = (lived: Lived) => void;
const CHECKS = new Map<string, Check>();
/** The lot in which a rule was broken first. */
const broken = new Map<string, number>();
/** What all lives together came to. */
export const met = { statuses: new Set<string>(), events: new Set<string>(), accepted: new Set<string>() };

beforeAll(() => {
  for (let lot = 0; lot * LOT < RUNS; lot += 1)
    for (const life of fc.sample(LIVES, paramsOf(lot))) {
      const lived = live(life);
      count(lived);
      for (const [title, check] of CHECKS)
        if (!broken.has(title))
          try {
            check(lived);
          } catch {
            broken.set(title, lot);
          }
    }
}, 480_000);

const paramsOf = (lot: number) => ({ seed: SEED + lot, numRuns: LOT });

function count({ moments }: Lived): void {
  for (const { envelope, recorded, after } of moments) {
    if (recorded.length > 0) met.accepted.add(envelope.command.type);
    for (const { event } of recorded) met.events.add(event.type);
    if (after !== null) met.statuses.add(after.status);
  }
}

/** All lives are lived once for all rules; the broken one is made as short as it gets and told. */
export function always(title: string, check: Check): void {
  CHECKS.set(title, check);
  test(title, () => {
    const lot = broken.get(title);
    if (lot === undefined) return;
    const found = fc.check(
      fc.property(LIVES, (life) => check(live(life))),
      paramsOf(lot),
    );
    const told = found.counterexample === null ? '' : live(found.counterexample[0]).moments.map(story).join('\n');
    throw new Error(`${found.errorInstance}\n${told}`);
  });
}

function story({ envelope: { at, actor, command }, decision, recorded }: Moment): string {
  const answer =
    decision.is === 'events' ? recorded.map((r) => r.event.type).join(' ') : decision.is === 'refusal' ? decision.code : 'asked';
  return `${new Date(at).toISOString()} ${actor.person}@${actor.room} ${JSON.stringify(command)} -> ${answer}`;
}
