/** Turns follow each other without a gap, whoever is on duty without an end first has a whole turn. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY, MINUTE } from '../../../src/core/instant';
import { onDuty, type Roster, type Shift } from '../../../src/core/roster/roster';
import { inTurns, type Rotation } from '../../../src/core/roster/rotation';
import { clock, ROSTER } from '../builders';

const STANDING: readonly Shift[] = [
  { person: 'duty1', role: 'duty_officer', from: clock('2024-01-01T00:00:00+08:00'), until: null },
  { person: 'leader1', role: 'duty_leader', from: clock('2024-01-01T00:00:00+08:00'), until: null },
];
const THREE_DAYS: Rotation = {
  days: 3,
  changesAt: 510,
  turns: [
    { duty_officer: ['duty2'], duty_leader: ['leader2'] },
    { duty_officer: ['duty1'], duty_leader: ['leader1'] },
  ],
};

const on = (shifts: readonly Shift[]): Roster => ({ ...ROSTER, shifts });

test('一轮三天，早上八点半交接', () => {
  const roster = on(inTurns(STANDING, THREE_DAYS, clock('2026-03-11T23:59:00+08:00')));
  const at = (moment: string) => [...onDuty(roster, 'duty_officer', clock(moment)), ...onDuty(roster, 'duty_leader', clock(moment))];
  expect(at('2026-03-14T08:29:00+08:00')).toEqual(['duty1', 'leader1']);
  expect(at('2026-03-14T08:30:00+08:00')).toEqual(['duty2', 'leader2']);
  expect(at('2026-03-17T08:29:00+08:00')).toEqual(['duty2', 'leader2']);
  expect(at('2026-03-17T08:30:00+08:00')).toEqual(['duty1', 'leader1']);
});

test('任何时刻都有人值班，而且只有一班人，几年以后也一样', () => {
  const from = clock('2026-03-11T10:00:00+08:00');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 1_500 * 1440 }),
      (days, changesAt, later) => {
        const roster = on(inTurns(STANDING, { ...THREE_DAYS, days, changesAt }, from));
        expect(onDuty(roster, 'duty_officer', from + later * MINUTE)).toHaveLength(1);
        expect(onDuty(roster, 'duty_leader', from + later * MINUTE)).toHaveLength(1);
      },
    ),
  );
});

test('写明了结束时间的班不动', () => {
  const fixed: Shift = {
    person: 'duty2',
    role: 'duty_officer',
    from: clock('2026-03-11T08:30:00+08:00'),
    until: clock('2026-03-12T08:30:00+08:00'),
  };
  expect(inTurns([fixed], THREE_DAYS, fixed.from + DAY / 2)[0]).toEqual(fixed);
});
