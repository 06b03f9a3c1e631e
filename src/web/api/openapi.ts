/** The OpenAPI document, made from the routes themselves and the schemas that check them: it cannot say what they do not do. */
import { z } from 'zod';
import { AS_HEADER } from './callers';
import { openRoute, type Route } from './route';
import { documentSchema, errorSchema } from './schemas';
import { SIGNATURE_HEADERS } from './signature';

type Json = Readonly<Record<string, unknown>>;

/** What every route may refuse with, by its guard; the rest it names itself. */
const OF_GUARD: Readonly<Record<Route['guard'], Readonly<Record<string, number>>>> = {
  open: {},
  token: {
    unauthorised: 401,
    token_scope: 403,
    no_role: 403,
    not_in_scope: 403,
    as_refused: 403,
    no_such_person: 422,
    too_many: 429,
    internal: 500,
  },
  signature: { bad_signature: 401, stale_timestamp: 401, replayed: 409, too_many: 429, internal: 500 },
};

/** `others`: addresses beside the API that stand in the document too. */
export function openApiRoute(routes: readonly Route[], others: readonly OtherRoute[]): Route {
  const own: Route = openRoute({
    ...{ method: 'get', path: '/api/v1/openapi.json', id: 'getDocument' },
    what: 'This document',
    answers: { 200: { what: 'OpenAPI 3.1', schema: documentSchema } },
    handle: async () => ({ body: document }),
  });
  const document = documentOf([...routes, own], others);
  return own;
}

/** An address that is no part of the API: the platforms' callbacks, health. */
export interface OtherRoute {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly id: string;
  readonly what: string;
  readonly answers: Readonly<Record<number, string>>;
}

function documentOf(routes: readonly Route[], others: readonly OtherRoute[]): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  const put = (path: string, method: string, operation: Json): void => {
    const at = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[at] = { ...paths[at], [method]: operation };
  };
  for (const route of routes) put(route.path, route.method, operationOf(route));
  for (const other of others) put(other.path, other.method, plainOperation(other));
  return {
    openapi: '3.1.0',
    info: { title: 'Fenghuo 烽火', version: '1', description: 'See docs/api.md. Times are ISO 8601 with +08:00.' },
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        signature: { type: 'apiKey', in: 'header', name: SIGNATURE_HEADERS.signature, description: 'HMAC-SHA256, see docs/api.md' },
      },
      schemas: { Error: jsonOf(errorSchema, 'output') },
    },
  };
}

function operationOf(route: Route): Json {
  const { id, what, guard, body } = route;
  return {
    operationId: id,
    summary: what,
    security: guard === 'open' ? [] : [{ [guard]: [] }],
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(route.raw === undefined ? {} : { requestBody: { required: true, content: { [route.raw]: { schema: FILE } } } }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: jsonOf(body, 'input') } } } }),
    responses: responsesOf(route),
  };
}

function plainOperation({ id, what, answers, path }: OtherRoute): Json {
  const responses = Object.fromEntries(Object.entries(answers).map(([status, description]) => [status, { description }]));
  return { operationId: id, summary: what, security: [], parameters: pathParameters({ path }), responses };
}

function pathParameters({ path, examples = {} }: Pick<Route, 'path' | 'examples'>): readonly Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true },
    schema: name === 'n' ? { type: 'integer', minimum: 1 } : { type: 'string' },
    ...(examples[name] === undefined ? {} : { example: examples[name] }),
  }));
}

function queryParameters({ query }: Route): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = jsonOf(query, 'input') as {
    properties?: Record<string, unknown>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

function headerParameters(route: Route): readonly Json[] {
  const header = (name: string, required: boolean, description: string): Json => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  const key = 'One for each matter, the same when it is sent again';
  if (route.guard === 'open') return [];
  if (route.guard === 'token')
    return [
      ...(route.method === 'get' ? [header(AS_HEADER, false, 'Sandbox only: whose rights count')] : []),
      ...(route.method === 'post' ? [header('Idempotency-Key', false, key)] : []),
    ];
  return [
    header(SIGNATURE_HEADERS.system, true, 'Id of the system in integrators.yaml'),
    header(SIGNATURE_HEADERS.timestamp, true, 'Seconds or milliseconds since 1970, at most five minutes from ours'),
    ...(route.idempotent ? [header('Idempotency-Key', true, key)] : []),
  ];
}

const FILE = { type: 'string', format: 'binary' };

function responsesOf(route: Route): Json {
  const answers = Object.entries(route.answers).map(([status, { what, schema, type }]) => [
    status,
    {
      description: what,
      content:
        type === undefined
          ? { 'application/json': { schema: jsonOf(schema, 'output') } }
          : Object.fromEntries([type].flat().map((one) => [one, { schema: FILE }])),
    },
  ]);
  const refuses: Record<string, number> = {
    ...OF_GUARD[route.guard],
    ...(route.query === undefined ? {} : { bad_query: 400 }),
    ...route.refuses,
  };
  if (route.body !== undefined) Object.assign(refuses, { bad_json: 400, too_large: 413, invalid: 422 });
  const codes = new Map<number, string[]>();
  for (const [code, status] of Object.entries(refuses)) codes.set(status, [...(codes.get(status) ?? []), code]);
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  const errors = [...codes].map(([status, of]) => [
    String(status),
    { description: of.join(', '), content, ...(status === 429 ? { headers: RETRY_AFTER } : {}) },
  ]);
  return Object.fromEntries([...answers, ...errors]);
}

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } } };

function jsonOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}
