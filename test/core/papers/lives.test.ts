/** Whatever people do with an incident, every kind of paper can be drafted from it and nothing in it is invented. `PROPERTY_RUNS` lives more. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evolve } from '../../../src/core/incident/evolve';
import type { IncidentState } from '../../../src/core/incident/state';
import { refsIn } from '../../../src/core/notices/compose/view';
import type { PaperKind } from '../../../src/core/papers/draft';
import { draftPaper } from '../../../src/core/papers/draftPaper';
import { officialPaper } from '../../../src/core/papers/officialPaper';
import type { IncidentRecord, PaperContext } from '../../../src/core/papers/record';
import { untraced } from '../../../src/core/papers/trace';
import { PAPERS } from '../../../src/core/plans/schema/papers';
import { LIVES, type Lived, live } from '../incident/lives';
import { DETAILS, OFFICE, WORDING } from './life';

const KINDS = Object.keys(PAPERS) as PaperKind[];
const SEED = 20260312;
const RUNS = Number(process.env.PROPERTY_RUNS ?? 30);

function recordOf({ history }: Lived, upTo: number): IncidentRecord | null {
  const events = history.slice(0, upTo);
  const state = events.reduce<IncidentState | null>(evolve, null);
  return state === null ? null : { is: 'incident', state, events };
}

function contextOf({ scene: { rules, roster }, history }: Lived, upTo: number): PaperContext {
  const texts = new Map(refsIn(history).map((id) => [id, `原话${id}，涉及23人，3月2日10时05分`]));
  return {
    ...{ now: (history[upTo - 1]?.at ?? 0) + 60_000, mode: 'drill', rules, roster, wording: WORDING, texts },
    ...{ earlier: [], about: null, drafter: 'duty1', hand: {}, office: OFFICE },
  };
}

test('任何走法、任何时刻，每一种文书都拟得出，没有一处无中生有', () => {
  const drafted = new Set<PaperKind>();
  for (const life of fc.sample(LIVES, { seed: SEED, numRuns: RUNS })) {
    const lived = live(life);
    const half = Math.ceil(lived.history.length / 2);
    const before = recordOf(lived, half);
    const record = recordOf(lived, lived.history.length);
    if (before === null || record === null) continue;
    const early = contextOf(lived, half);
    const sent = { id: 'p1', draft: draftPaper('first_report', before, early), sentAt: early.now, number: null };
    const ctx: PaperContext = { ...contextOf(lived, lived.history.length), earlier: [sent] };
    for (const kind of KINDS) {
      const draft = draftPaper(kind, record, ctx);
      drafted.add(kind);
      expect([kind, untraced(draft, record, ctx)]).toEqual([kind, []]);
      expect(draft.items.filter((item) => item.required && item.lines.length === 0 && item.table === null)).toEqual([]);
      expect(officialPaper(draft, DETAILS).title.startsWith('【演练】')).toBe(true);
    }
  }
  expect(drafted.size).toBe(KINDS.length);
});
