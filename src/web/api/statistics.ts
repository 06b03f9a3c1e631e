/** `GET /api/v1/stats` and its file: real incidents, drills and tests each for themselves, by level, month, plan, county and unit. */
import { z } from 'zod';
import type { Instant } from '../../core/instant';
import { sectionNames, unitsOf } from '../../core/stats/units';
import { type Labels, statsSheet } from '../../handlers/bundle/statsSheet';
import type { Sheet } from '../../ports/files';
import type { Mode } from '../../ports/streams';
import { FIGURE_DIVISIONS } from '../../ports/views';
import { iso } from './iso';
import type { ApiPorts } from './ports';
import { type Route, tokenRoute } from './route';
import { moment } from './schemaMoment';
import { spanOf, spanShape } from './span';

/** `mode` as a query or a body has it. */
export const modeShape = { mode: z.enum(['real', 'drill', 'test']).default('real') };
const querySchema = z.strictObject({ ...spanShape, ...modeShape });

const counts = z.record(z.string(), z.int());
const minutes = z
  .strictObject({ median: z.number(), p90: z.number() })
  .nullable()
  .meta({ description: 'Minutes; null where none has both moments' });
const ended = { met: z.int(), missed: z.int(), overdue: z.int() };
const figuresSchema = z.strictObject({
  ...{ from: moment, until: moment, mode: z.enum(['real', 'drill', 'test']), incidents: z.int(), open: z.int() },
  ...{ byStatus: counts, byPlan: counts, byCategory: counts, byLevel: counts, byCounty: counts, deadlines: counts },
  minutesToActivation: z.number().nullable(),
  groups: z.array(
    z.strictObject({
      by: z.enum(FIGURE_DIVISIONS),
      key: z.string().meta({ description: 'Empty for what has none, e.g. no level yet' }),
      ...{ incidents: z.int(), open: z.int(), ...ended },
      ...{ toMention: minutes, toAck: minutes, toReport: minutes, toActivation: minutes, toEnd: minutes },
    }),
  ),
  units: z.array(z.strictObject({ is: z.enum(['county', 'group', 'section', 'role']), id: z.string(), ...ended })),
});

/** What is wanted of the figures. */
export interface Wanted {
  readonly from: Instant;
  readonly until: Instant;
  readonly mode: Mode;
}

export function statisticsRoutes(ports: ApiPorts): readonly Route[] {
  return [
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/stats', id: 'getStats', act: 'read_statistics' },
      what: 'Incidents of one mode received in [from, until), counted and timed; the last thirty days where no span is given',
      query: querySchema,
      answers: { 200: { what: 'The figures', schema: figuresSchema } },
      handle: async ({ query: { mode, ...span } }) => {
        const { from, until } = spanOf(span, ports.clock.now());
        const { units, figures } = await counted(ports, { from, until, mode });
        const { owed: _, ...shown } = figures;
        return { body: { from: iso(from), until: iso(until), mode, ...shown, units } };
      },
    }),
  ];
}

/** The same figures as a table; no names of people are in it. */
export async function statisticsSheet(ports: ApiPorts, wanted: Wanted): Promise<Sheet> {
  const { units, figures } = await counted(ports, wanted);
  return statsSheet(wanted, { ...figures, units }, await labelsOf(ports));
}

async function counted({ views, directory, clock }: ApiPorts, wanted: Wanted) {
  const now = clock.now();
  const figures = await views.figures({ ...wanted, now });
  return { figures, units: unitsOf(await directory.at(now), figures.owed) };
}

/** The first plan that knows an id says what it is called; an id nobody knows is shown as it is. */
async function labelsOf({ plans, directory, clock }: ApiPorts): Promise<Labels> {
  const roster = await directory.at(clock.now());
  const sections = sectionNames(roster);
  const packs = plans.map(({ pack }) => pack);
  const zhIn = (lists: readonly (readonly { readonly id: string; readonly zh: string }[])[], id: string): string | undefined =>
    lists.flat().find((entry) => entry.id === id)?.zh;
  return {
    plan: (id) => packs.find(({ pack }) => pack === id)?.title ?? id,
    level: (rank) => packs.flatMap(({ levels }) => levels).find((level) => String(level.rank) === rank)?.zh ?? rank,
    category: (id) =>
      zhIn(
        packs.map(({ categories }) => categories),
        id,
      ) ?? id,
    county: (id) => roster.counties.find((county) => county.id === id)?.names[0] ?? id,
    group: (id) =>
      zhIn(
        packs.flatMap(({ groups, functions }) => [groups, functions]),
        id,
      ) ?? id,
    section: (id) => sections[id] ?? id,
    role: (id) =>
      zhIn(
        packs.map(({ roles }) => roles),
        id,
      ) ?? id,
  };
}
