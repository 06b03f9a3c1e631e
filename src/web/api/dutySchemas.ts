/** What the API answers of the duty room and its roster, as schemas. */
import { z } from 'zod';
import { moment } from './schemaMoment';

const momentOrNull = moment.nullable();
const role = z.enum(['duty_officer', 'duty_leader']);
const seat = z.strictObject({ person: z.string(), role });
const textOrNull = z.string().nullable();

const obligation = z.strictObject({
  n: z.int().min(1),
  key: z.string(),
  kind: z.string(),
  people: z.array(z.string()).meta({ description: 'Who owe it now' }),
  dueAt: moment,
});

const swapSchema = z.strictObject({
  id: z.string(),
  number: z.int().nullable().meta({ description: 'By which it is meant while it runs' }),
  proposer: z.string(),
  other: z.string(),
  role,
  mine: moment,
  theirs: momentOrNull,
  reason: textOrNull,
  stage: z.enum(['asked', 'consented', 'approved', 'refused', 'withdrawn']),
  waitsFor: z.array(z.string()),
});

const sheetSchema = z.strictObject({
  to: z.array(seat),
  until: momentOrNull,
  obligations: z.array(obligation),
  own: z.array(z.string()).meta({ description: 'Keys of the duty room’s own open duties' }),
  documents: textOrNull,
  equipment: textOrNull,
  notes: textOrNull,
});

export const dutySchema = z.strictObject({
  at: moment,
  may: z.strictObject({ read: z.boolean(), keepRoster: z.boolean() }),
  shift: z
    .strictObject({
      n: z.int(),
      status: z.enum(['unopened', 'open', 'handed_over', 'closed']),
      openedAt: moment,
      until: momentOrNull,
      special: z.boolean(),
      seats: z.array(seat.extend({ signedInAt: momentOrNull })),
      handedOver: z.strictObject({ by: z.string(), at: moment }).nullable(),
      closed: z.strictObject({ by: z.string(), at: moment }).nullable().meta({ description: 'Who took over, and when' }),
    })
    .nullable(),
  swaps: z.array(swapSchema),
  sheet: sheetSchema.nullable(),
  obligations: z.array(obligation),
  own: z.array(z.strictObject({ key: z.string(), kind: z.string(), owner: z.string(), dueAt: moment })),
});

export const dutyLogSchema = z.strictObject({
  n: z.int(),
  from: moment,
  until: momentOrNull,
  seats: z.array(seat),
  entries: z.array(
    z.strictObject({
      at: moment,
      by: z.string(),
      entry: z.int().nullable().meta({ description: 'Number of an entry by hand' }),
      text: textOrNull,
      incident: z.int().nullable(),
      corrects: z.int().nullable(),
      did: textOrNull.meta({ description: 'What was done, where it is no entry by hand' }),
    }),
  ),
});

const gap = z.strictObject({ day: z.string(), role, holiday: textOrNull, has: z.int(), needs: z.int() });

export const monthShownSchema = z.strictObject({
  month: z.string(),
  today: z.string(),
  changeAt: z.int().meta({ description: 'Minute of the day at which shifts change' }),
  able: z
    .strictObject({ duty_officer: z.array(z.string()), duty_leader: z.array(z.string()) })
    .meta({ description: 'Who may fill each place' }),
  days: z.array(
    z.strictObject({
      day: z.string(),
      kind: z.enum(['workday', 'worked_weekend', 'weekend', 'holiday']),
      holiday: textOrNull,
      kept: z.array(seat.extend({ from: moment, until: moment, begins: moment, isPart: z.boolean() })),
      gaps: z.array(gap),
    }),
  ),
});
