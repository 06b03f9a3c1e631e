/** The bureau folder: people, roles, shifts, rooms and counties, checked as a whole. */
import { join } from 'node:path';
import { z } from 'zod';
import { minuteOfDay } from '../core/instant';
import type { Office } from '../core/papers/record';
import { EXPOSURES, ROOM_KINDS, type Roster } from '../core/roster/roster';
import type { Rotation } from '../core/roster/rotation';
import { type ConfigFault, type Faulty, readYaml } from './yamlFile';

const id = z.string().regex(/^[a-z][a-z0-9_-]*$/);
/** What a chat shows of people and rooms: letters, figures, blanks and a few signs, nothing that could be a mention, a link or markup. */
const shown = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ·•（）()、-]{0,39}$/u, '应为 1 至 40 个文字、数字，可含空格和 ·（）、-');
const moment = z.iso.datetime({ offset: true }).transform((iso) => Date.parse(iso));

const peopleSchema = z.strictObject({
  people: z
    .array(
      z.strictObject({
        id,
        name: shown,
        post: shown,
        phone: z
          .string()
          .regex(/^\d{5,20}$/)
          .nullable()
          .default(null),
      }),
    )
    .min(1),
  roles: z.array(
    z.strictObject({ person: id, role: id, scope: id.nullable().default(null), from: moment.optional(), until: moment.optional() }),
  ),
  shifts: z.array(
    z.strictObject({ person: id, role: z.enum(['duty_officer', 'duty_leader']), from: moment, until: moment.nullable().default(null) }),
  ),
  rotation: z
    .strictObject({
      days: z.int().min(1).max(31),
      changes_at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      turns: z.array(z.strictObject({ duty_officer: z.array(id).min(1), duty_leader: z.array(id).min(1) })).min(1),
    })
    .optional(),
});

const bureauSchema = z.strictObject({
  bureau: id,
  city: shown,
  organ: shown.optional().describe('公文署名；不写则为市名加市场监督管理局'),
  duty_phone: z
    .string()
    .regex(/^[0-9-]{5,20}$/)
    .optional()
    .describe('值班电话，印在公文附注里'),
  counties: z.array(z.strictObject({ id, names: z.array(shown).min(1) })),
  rooms: z
    .array(
      z.strictObject({
        id,
        name: shown,
        kind: z.enum(ROOM_KINDS),
        county: id.nullable().default(null),
        plans: z.array(id).default([]),
        exposure: z.enum(EXPOSURES).default('pointer'),
        members: z.array(id),
      }),
    )
    .min(1),
});

/** What a bureau's folder says of its people; the turns begin with the day it is imported. */
export interface Bureau {
  readonly roster: Roster;
  readonly rotation: Rotation | null;
  readonly office: Office;
}

/** Reads `bureau.yaml` and `people.yaml` of a folder. All faults at once, with file and line. */
export function readBureau(dir: string): ({ readonly is: 'ok' } & Bureau) | Faulty {
  const peopleFile = join(dir, 'people.yaml');
  const bureauFile = join(dir, 'bureau.yaml');
  const people = readYaml(peopleFile, peopleSchema);
  const bureau = readYaml(bureauFile, bureauSchema);
  if (people.is === 'faults' || bureau.is === 'faults')
    return { is: 'faults', faults: [people, bureau].flatMap((r) => (r.is === 'faults' ? r.faults : [])) };
  const known = new Set(people.value.people.map((p) => p.id));
  const stranger = (
    file: string,
    lineOf: (path: readonly PropertyKey[]) => number,
    path: readonly PropertyKey[],
    person: string,
  ): readonly ConfigFault[] =>
    known.has(person) ? [] : [{ file, line: lineOf(path), code: 'unknown_person', zh: `名单里没有 ${person}` }];
  const faults = [
    ...people.value.roles.flatMap((g, i) => stranger(peopleFile, people.lineOf, ['roles', i], g.person)),
    ...people.value.shifts.flatMap((s, i) => stranger(peopleFile, people.lineOf, ['shifts', i], s.person)),
    ...(people.value.rotation?.turns ?? []).flatMap((turn, i) =>
      [...turn.duty_officer, ...turn.duty_leader].flatMap((p) => stranger(peopleFile, people.lineOf, ['rotation', 'turns', i], p)),
    ),
    ...bureau.value.rooms.flatMap((r, i) => r.members.flatMap((m) => stranger(bureauFile, bureau.lineOf, ['rooms', i], m))),
    ...(bureau.value.rooms.some((r) => r.kind === 'duty')
      ? []
      : [{ file: bureauFile, line: bureau.lineOf(['rooms']), code: 'no_duty_room', zh: '缺少值班群（kind: duty）' }]),
  ];
  if (faults.length > 0) return { is: 'faults', faults };
  return {
    is: 'ok',
    roster: {
      bureau: bureau.value.bureau,
      city: bureau.value.city,
      people: new Map(people.value.people.map((p) => [p.id, p])),
      rooms: new Map(bureau.value.rooms.map((r) => [r.id, r])),
      counties: bureau.value.counties,
      grants: people.value.roles,
      shifts: people.value.shifts,
    },
    rotation: rotationOf(people.value),
    office: { organ: bureau.value.organ ?? `${bureau.value.city}市场监督管理局`, phone: bureau.value.duty_phone ?? null },
  };
}

function rotationOf({ rotation }: z.infer<typeof peopleSchema>): Rotation | null {
  return rotation === undefined ? null : { days: rotation.days, changesAt: minuteOfDay(rotation.changes_at), turns: rotation.turns };
}
