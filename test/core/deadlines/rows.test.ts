/** What holds for the rows whatever happens: none is forgotten while open, none is there twice, and reckoning on gives what reckoning anew gives. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deadlines } from '../../../src/core/deadlines/deadlines';
import { decide } from '../../../src/core/incident/decide';
import type { IncidentEvent } from '../../../src/core/incident/events';
import { evolve } from '../../../src/core/incident/evolve';
import type { IncidentState } from '../../../src/core/incident/state';
import { MINUTE } from '../../../src/core/instant';
import {
  activated,
  ask,
  assessed,
  clock,
  done,
  levelChanged,
  levelSet,
  NOBODY_TOLD,
  ROSTER,
  RULES,
  reported,
  ring,
  supplemented,
  terminated,
  told,
  transferred,
  words,
} from '../builders';
import { directive, met, oralApproval, waived } from './course';

const KEYS = [
  'phone_superior',
  'written_first',
  'opinion_first',
  'opinion_target',
  'progress_fixed:2026-03-11T17:00',
  'activate',
  'final_report',
];
const key = fc.constantFrom(...KEYS);
const level = fc.integer({ min: 1, max: 4 });
const AT = '09:00';
const reopened: IncidentEvent = {
  ...done('director'),
  type: 'IncidentReopened',
  reason: words('again'),
  asked: [ask('call_out', 'site2', { id: 'again' })],
  told: NOBODY_TOLD,
  summaries: [],
};
const tasks = ['first_report_up', 'collect_reports', 'watch_opinion'].map((template, i) => ({
  id: `t${i}`,
  template,
  what: null,
  owner: 'cons2',
  group: null,
  dueAt: null,
}));
const watched: IncidentEvent = { ...done('cons1'), type: 'MonitoringStarted', reason: words('why'), told: NOBODY_TOLD };
const returned: IncidentEvent = { ...done('duty1'), type: 'TransferReturned', reason: words('why'), asked: [], told: NOBODY_TOLD };
const occurred = supplemented({ fields: { occurredAt: told({ at: clock('08:00'), precision: 'minute' as const }) } }, AT).event;

/** Statuses in which the course of an incident allows each event; all others may happen at any time. */
const BEFORE = ['intake', 'verifying', 'assessing', 'monitoring'];
const WHEN: Readonly<Record<string, readonly string[]>> = {
  AssessmentProposed: BEFORE,
  LevelSet: BEFORE,
  LevelChanged: ['assessing', 'responding'],
  ResponseActivated: ['assessing'],
  MonitoringStarted: ['assessing'],
  IncidentTransferred: ['intake', 'verifying', 'assessing'],
  TransferReturned: ['transferred'],
  ResponseTerminated: ['responding'],
  IncidentReopened: ['terminated'],
};

function fits(state: IncidentState, event: IncidentEvent): boolean {
  if (event.type === 'LevelChanged' && state.levels.length === 0) return false;
  if (event.type === 'TasksGiven') return Object.keys(state.tasks).length === 0;
  return (WHEN[event.type] ?? [state.status]).includes(state.status);
}

/** Events in any order that the course allows, whoever may decide them. */
const happening: fc.Arbitrary<IncidentEvent | 'ring'> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('ring' as const) },
  level.map((n) => levelSet(n, AT).event),
  fc.tuple(level, level).map(([from, to]) => levelChanged(from, to, AT).event),
  level.map((n) => activated(n, [ask('call_out', 'site1')], AT).event),
  fc.constantFrom(assessed(3, AT).event, watched, transferred(AT).event, returned, terminated(AT).event, reopened, occurred),
  fc.constant<IncidentEvent>({ ...done('duty1'), type: 'TasksGiven', tasks, asked: [], told: NOBODY_TOLD }),
  fc.tuple(key, fc.constantFrom<readonly string[]>([], ['gov'], ['gov', 'prov'])).map(([k, lines]) => met(k, '10:00', { lines }).event),
  key.map((k) => waived(k, AT).event),
  fc.constantFrom(oralApproval('o1', AT).event, directive('d1', AT).event),
  fc
    .boolean()
    .map(
      (on): IncidentEvent => ({ ...done('leader1'), type: 'SensitivityFlagged', on, reason: words('why'), paged: [], told: NOBODY_TOLD }),
    ),
);
const lives = fc.array(fc.record({ what: happening, later: fc.integer({ min: 1, max: 400 }) }), { minLength: 3, maxLength: 30 });

/** Every state of one life with the one before it. */
function* states(
  life: readonly { readonly what: IncidentEvent | 'ring'; readonly later: number }[],
): Generator<readonly [IncidentState, IncidentState]> {
  let at = clock(AT);
  let version = 1;
  let state = evolve(null, { version, at, event: reported().event });
  for (const { what, later } of life) {
    at += later * MINUTE;
    for (const event of what === 'ring' ? rung(state, at) : [what].filter((event) => fits(state, event))) {
      version += 1;
      const after = evolve(state, { version, at, event });
      yield [state, after];
      state = after;
    }
  }
}

function rung(state: IncidentState, at: number): readonly IncidentEvent[] {
  const keys = deadlines(RULES, state).flatMap((d) => (d.nextAt !== null && d.nextAt <= at ? [d.key] : []));
  const actor = { person: null, room: null, conversation: '' };
  const decision = decide({ rules: RULES, roster: ROSTER }, state, { command: ring(...keys), actor, at, seed: `s${at}` });
  return decision.is === 'events' ? decision.events : [];
}

test('开着的一项不会凭空不见，一项只有一行，只有开着的才会再响', () => {
  fc.assert(
    fc.property(lives, (life) => {
      for (const [before, after] of states(life)) {
        const rows = deadlines(RULES, after);
        const keys = new Set(rows.map((d) => d.key));
        const lost = deadlines(RULES, before).filter((d) => d.status === 'open' && !keys.has(d.key));
        expect(lost).toEqual([]);
        expect(keys.size).toBe(rows.length);
        expect(rows.filter((d) => d.nextAt !== null && d.status !== 'open')).toEqual([]);
      }
    }),
    { numRuns: 300, seed: 20260311 },
  );
});

test('接着上一条命令算的和从头算的一样', () => {
  fc.assert(
    fc.property(lives, (life) => {
      for (const [before, after] of states(life)) {
        deadlines(RULES, before);
        expect(deadlines(RULES, after)).toEqual(deadlines(RULES, structuredClone(after)));
      }
    }),
    { numRuns: 100, seed: 20260311 },
  );
});
