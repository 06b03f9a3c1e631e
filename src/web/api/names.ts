/** `GET /api/v1/names`: what people call the ids that other answers bear. */
import { z } from 'zod';
import { WAYS } from '../../core/incident/papers/paper';
import type { Rulebook } from '../../core/plans/rulebook';
import { RECORD_DUE, TASK_DONE } from '../../core/plans/rulebook';
import { PAPERS } from '../../core/plans/schema/papers';
import { sectionNames } from '../../core/stats/units';
import { ALL_DID_ZH } from './did';
import type { ApiPorts } from './ports';
import { type Route, tokenRoute } from './route';

const named = z.record(z.string(), z.string());
const planSchema = z.strictObject({
  title: z.string(),
  levels: z.array(z.strictObject({ rank: z.int(), sign: z.string(), zh: z.string() })),
  categories: named,
  groups: named,
  deadlines: named.meta({ description: 'By kind' }),
  tasks: named.meta({ description: 'By template' }),
});
const namesSchema = z.strictObject({
  office: z.string(),
  people: z.record(z.string(), z.strictObject({ name: z.string(), post: z.string() })),
  counties: named,
  rooms: named,
  sections: named,
  plans: z.record(z.string(), planSchema),
  events: named.meta({ description: 'What happened, by the type of the event' }),
  papers: named.meta({ description: 'Kinds of papers' }),
  ways: named.meta({ description: 'Ways by which papers leave the house' }),
});

/** Of the office as it is now; plans that an older incident still runs under may bear other names. */
export function nameRoutes({ directory, clock, plans, office }: ApiPorts): readonly Route[] {
  return [
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/names', id: 'getNames', act: 'read_on_duty' },
      what: 'Names of people, counties, rooms, and of what the plans speak of',
      answers: { 200: { what: 'The names', schema: namesSchema } },
      handle: async () => {
        const roster = await directory.at(clock.now());
        return {
          body: {
            office: office.organ,
            people: Object.fromEntries([...roster.people.values()].map(({ id, name, post }) => [id, { name, post }])),
            counties: Object.fromEntries(roster.counties.map(({ id, names }) => [id, names[0] ?? id])),
            sections: sectionNames(roster),
            rooms: Object.fromEntries([...roster.rooms.values()].map(({ id, name }) => [id, name])),
            plans: Object.fromEntries(plans.map((rules) => [rules.pack.pack, namesOf(rules)])),
            events: ALL_DID_ZH,
            papers: PAPERS,
            ways: WAYS,
          },
        };
      },
    }),
  ];
}

function namesOf({ pack, profile }: Rulebook): z.infer<typeof planSchema> {
  return {
    title: pack.title,
    levels: pack.levels.map(({ rank, sign, zh }) => ({ rank, sign, zh })),
    categories: byId(pack.categories),
    groups: byId(pack.groups),
    tasks: byId([...[...pack.procedure, ...pack.groups, ...pack.functions].flatMap((part) => part.tasks), ...pack.after_action]),
    deadlines: { ...byId(profile.steps), [TASK_DONE]: '完成任务', [RECORD_DUE]: '办理工作记录' },
  };
}

function byId(entries: readonly { readonly id: string; readonly zh: string }[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.map(({ id, zh }) => [id, zh]));
}
