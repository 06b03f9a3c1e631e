/** `GET /api/v1/plans`: the plans in force, their clauses for reading, and what they would send when nobody answers. */
import { z } from 'zod';
import { planParts } from '../../core/plans/planText';
import type { Rulebook } from '../../core/plans/rulebook';
import { simulate } from '../../core/simulate/simulate';
import { simulationRows } from '../../core/simulate/simulationText';
import { STORIES } from '../../core/simulate/story';
import { HttpFault } from '../errors';
import { iso } from './iso';
import type { ApiPorts } from './ports';
import { type Route, tokenRoute } from './route';
import { pageOf } from './schemas';

const text = z.string();
const rowSchema = z.strictObject({
  id: text,
  title: text,
  version: text,
  status: text,
  graded: z.boolean(),
  levels: z.array(z.strictObject({ rank: z.int(), sign: text, zh: text })),
  hash: text.meta({ description: 'Of the rules: an incident keeps those it began under' }),
});
const wholeSchema = rowSchema.extend({ parts: z.array(z.strictObject({ title: text, lines: z.array(text) })) });
const lineSchema = z.looseObject({ minute: z.int(), clock: text, channel: text.nullable(), way: text, text, skipped: z.boolean() });
const simulationSchema = z.strictObject({
  vacant: z.array(text).meta({ description: 'Seats nobody of the directory fills' }),
  from: text.meta({ description: 'Minute 0' }),
  lines: z.array(lineSchema),
});
const askedSchema = z.strictObject({
  story: z.enum(STORIES).default('activated'),
  rank: z.coerce.number().int().min(1).max(9).optional(),
  hours: z.coerce.number().int().min(1).max(48).default(6),
});
const REFUSES = { no_plan: 404 };

export function planRoutes({ plans, directory, clock }: ApiPorts): readonly Route[] {
  const examples = { id: plans.at(-1)?.pack.pack ?? '' };
  const found = (id: string | undefined): Rulebook => {
    const rules = plans.find(({ pack }) => pack.pack === id);
    if (rules === undefined) throw new HttpFault(404, 'no_plan', '没有这个预案。');
    return rules;
  };
  return [
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/plans', id: 'listPlans', act: 'read_on_duty' },
      what: 'The plans in force',
      answers: { 200: { what: 'All of them', schema: pageOf(rowSchema) } },
      handle: async () => ({ body: { items: plans.map(rowOf), cursor: null } }),
    }),
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/plans/:id', id: 'getPlan', act: 'read_on_duty', examples, refuses: REFUSES },
      what: 'One plan for reading, part by part, each line with its clause',
      answers: { 200: { what: 'The plan', schema: wholeSchema } },
      handle: async ({ params }) => {
        const rules = found(params.id);
        return { body: { ...rowOf(rules), parts: planParts(rules.pack, rules.profile) } };
      },
    }),
    tokenRoute({
      ...{ method: 'get', path: '/api/v1/plans/:id/simulation', id: 'simulatePlan', act: 'read_on_duty', examples },
      what: 'Who would be asked and told what at which minute, while nobody answers',
      query: askedSchema,
      answers: { 200: { what: 'In order of time', schema: simulationSchema } },
      refuses: { ...REFUSES, cannot_simulate: 422 },
      handle: async ({ params, query: { story, rank, hours } }) => {
        const now = clock.now();
        const question = { rules: found(params.id), roster: await directory.at(now), story, rank: rank ?? null, minutes: hours * 60, now };
        const answer = simulate(question);
        if (answer.is === 'refusal') throw new HttpFault(422, 'cannot_simulate', answer.zh, answer.hint);
        return { body: { vacant: answer.vacant, from: iso(answer.from), lines: simulationRows(question, answer) } };
      },
    }),
  ];
}

function rowOf({ hash, pack }: Rulebook): z.infer<typeof rowSchema> {
  const { title, version, status, level_scheme, levels } = pack;
  return {
    id: pack.pack,
    title,
    version,
    status,
    graded: level_scheme === 'graded',
    levels: levels.map(({ rank, sign, zh }) => ({ rank, sign, zh })),
    hash,
  };
}
