/** Schemas of the work of an incident: tasks, directives, progress, calls, members. Beside `schemas.ts` for its length. */
import { z } from 'zod';
import { moment } from './schemaMoment';

const number = z.int().min(1);
const text = z.string();
const textOrNull = text.nullable();
const momentOrNull = moment.nullable();

const task = z.strictObject({
  number: number.meta({ description: 'By which people name it: 完成 2' }),
  id: text,
  template: textOrNull.meta({ description: 'Task of the pack; null for one a person made up' }),
  what: textOrNull,
  owner: text,
  group: textOrNull,
  givenBy: textOrNull,
  givenAt: moment,
  dueAt: momentOrNull,
  doneAt: momentOrNull,
  report: textOrNull,
  evidence: z.int().min(0),
  returned: z.int().min(0),
  checkedAt: momentOrNull,
});

const directive = z.strictObject({
  number,
  id: text,
  leader: text,
  words: textOrNull,
  assignee: textOrNull,
  receivedAt: moment,
  dueAt: momentOrNull,
  answeredAt: momentOrNull,
  answer: textOrNull,
});

/** What `presentWork` shows. */
export const workShape = {
  tasks: z.array(task),
  directives: z.array(directive),
  progress: z.array(z.strictObject({ at: moment, by: text, group: textOrNull, step: textOrNull, text: textOrNull })),
  calls: z.array(z.strictObject({ id: text, party: textOrNull, calledAt: moment, by: text, spokeWith: textOrNull, words: textOrNull })),
  members: z.array(z.strictObject({ person: text, is: z.enum(['added', 'removed']), group: textOrNull })),
};

const amount = z.looseObject({ value: z.number(), unit: text });
const party = z.strictObject({ kind: z.enum(['person', 'party', 'county']), id: text }).nullable();

const entry = z.strictObject({
  at: moment,
  by: text,
  move: text,
  moveZh: text,
  words: textOrNull,
  amount: amount.nullable(),
  about: z.unknown(),
  doneAt: momentOrNull,
  lateReason: textOrNull,
});

/** One work record, as `presentRecords` shows it. */
export const recordSchema = z.looseObject({
  id: text,
  kind: text,
  kindZh: text,
  n: number.meta({ description: 'By which people name it within its kind: 联络 2' }),
  stage: text,
  stageZh: text,
  open: z.boolean(),
  by: text,
  owner: textOrNull,
  to: party,
  words: textOrNull,
  parts: z.record(text, textOrNull),
  openedAt: moment,
  dueAt: momentOrNull,
  takenAt: momentOrNull,
  settledAt: momentOrNull,
  division: z.array(z.strictObject({ owner: text, what: textOrNull, dueAt: moment })),
  entries: z.array(entry),
});

/** One person asked, with every rung by which he was, as `presentAsks` shows it. */
export const askSchema = z.strictObject({
  id: text,
  kind: text,
  person: text,
  room: textOrNull,
  group: textOrNull,
  standInFor: textOrNull,
  askedAt: moment,
  answeredAt: momentOrNull,
  answer: textOrNull,
  stoodDownAt: momentOrNull,
  arrivedAt: momentOrNull,
  got: textOrNull,
  reach: z.array(z.strictObject({ at: moment, by: text, code: textOrNull })),
  rungs: z.array(z.strictObject({ by: text, purpose: text, channel: text, state: text, reason: textOrNull, at: moment })),
});
