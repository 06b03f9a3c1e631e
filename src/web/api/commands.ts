/** `POST /api/v1/incidents/:n/commands` and `/api/v1/commands`: a verb with its words, on the same road as if a person had typed it. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { z } from 'zod';
import { accountFor } from '../../bot/machines';
import { nearestVerbs } from '../../bot/verbs/nearest';
import { parse } from '../../bot/verbs/parse';
import { dutyVerb, plainVerb, verbOf } from '../../bot/verbs/table';
import type { PersonId } from '../../core/roster/roster';
import { HttpFault } from '../errors';
import { personAs, type Who } from './callers';
import { callBefore, taken } from './calls';
import { type Answered, answerTo } from './commanded';
import { keyOf } from './mount';
import type { ApiPorts } from './ports';
import { numberIn, readIncident } from './reading';
import { type Call, type Given, type Route, tokenRoute } from './route';
import { commandedSchema } from './schemas';

const commandSchema = z.strictObject({
  verb: z
    .string()
    .min(1)
    .max(16)
    .meta({ description: 'As it is typed, e.g. 定级, or its id, e.g. set_level', examples: ['进展'] }),
  args: z
    .string()
    .max(4_000)
    .default('')
    .meta({ description: 'What follows the verb, as it is typed', examples: ['已到现场，群众情绪平稳'] }),
  as: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'Sandbox only: the person of the roster who gives it', examples: ['duty1'] }),
});
type Body = z.infer<typeof commandSchema>;

const ANSWERS = {
  200: { what: 'What became of it: executed, refused with its reason, or a question to be confirmed by its code', schema: commandedSchema },
  202: { what: 'Stored and not yet handled; ask at location', schema: commandedSchema },
};
const FAULTS = {
  ...{ as_refused: 403, no_person: 403, token_may_not_decide: 403, token_scope: 403, no_incident: 404, no_call: 404, key_reused: 409 },
  ...{ invalid: 422, no_such_person: 422, no_such_verb: 422, secrecy_stopped: 422, not_handled: 500, not_stored: 503, overloaded: 503 },
};
/** What the router answers itself and a machine may ask for its person: about no known incident, and about one. */
const FOR_MACHINES: readonly string[] = ['report', 'list', 'on_duty', 'help'];
const ABOUT_ONE: readonly string[] = ['confirm', 'status', 'owed'];

export function commandRoutes(ports: ApiPorts): readonly Route[] {
  return [
    tokenRoute({
      ...{
        method: 'post',
        path: '/api/v1/incidents/:n/commands',
        id: 'postCommand',
        act: 'command',
        refuses: FAULTS,
        examples: { n: '1' },
      },
      what: 'Does what the verb does, in the name of the token’s person. A token never decides; the code is asked for as in the chat',
      body: commandSchema,
      answers: ANSWERS,
      handle: (call, who) => command(ports, call, who, numberIn(call.params)),
    }),
    tokenRoute({
      ...{ method: 'post', path: '/api/v1/commands', id: 'postOfficeCommand', act: 'command', refuses: FAULTS },
      what: 'The same for verbs that are about no known incident: 报告, 列表, 值班; in the sandbox every verb',
      body: commandSchema,
      answers: ANSWERS,
      handle: (call, who) => command(ports, call, who, null),
    }),
    tokenRoute({
      ...{
        method: 'get',
        path: '/api/v1/commands/:key',
        id: 'getCommand',
        act: 'command',
        refuses: FAULTS,
        examples: { key: 'contract-1' },
      },
      what: 'What became of a command this token gave under the key',
      answers: { 200: { what: 'How it stands', schema: commandedSchema } },
      handle: async ({ params }, who) => {
        const key = params.key ?? '';
        return { body: answerTo(await callBefore(ports, sourceOf(who), key), locationOf(key), true) };
      },
    }),
  ];
}

async function command(ports: ApiPorts, call: Call<undefined, Body>, who: Who, n: number | null): Promise<Given> {
  const answered = await commandOf(ports, call, who, n);
  return { status: answered.state === 'received' ? 202 : 200, body: answered };
}

/** Puts what was said on the main road and waits for what becomes of it. Throws HttpFault as the routes of this file say. */
export async function commandOf(ports: ApiPorts, call: Call<unknown, Body>, who: Who, n: number | null): Promise<Answered> {
  const { ctx, body, raw } = call;
  const { person, byToken } = await speakerOf(ports, ctx, body, who);
  const { verb, typed } = verbIn(body);
  if (byToken && !isForMachines(verb, n)) throw new HttpFault(403, 'token_scope', '这个令牌没有此项权限。', '这项由本人办理');
  if (n !== null) await mayAddress(ports, ctx, person, n);
  const key = ctx.get('idempotency-key') === '' ? randomUUID() : keyOf(ctx);
  const { row, repeated } = await taken(ports, {
    ...{ source: sourceOf(who), key, talk: `${who.id}:${person}`, account: accountFor(who.id, person) },
    words: [n === null ? '' : `#${n}`, typed, body.args].filter((part) => part !== '').join(' '),
    content: `${n ?? ''}\n${raw.toString('utf8')}`,
    about: { byToken },
  });
  const answered = answerTo(row, locationOf(key), repeated);
  refuseAloud(answered);
  return answered;
}

/** Shifts, registers and their papers are the person's own; which commands on an incident are, the road itself says. */
function isForMachines(verb: string, n: number | null): boolean {
  if (dutyVerb(verb) !== undefined) return false;
  const plain = plainVerb(verb);
  return n === null ? FOR_MACHINES.includes(verb) : plain === null || ABOUT_ONE.includes(plain);
}

/** In whose name: the sandbox's `as`, else the person the office has bound the token to. */
async function speakerOf(
  ports: ApiPorts,
  ctx: Context,
  { as }: Body,
  who: Who,
): Promise<{ readonly person: PersonId; readonly byToken: boolean }> {
  if (as !== undefined) return { person: (await personAs(ctx, as, ports, 'as')).person, byToken: false };
  if (who.person === null)
    throw new HttpFault(403, 'no_person', '这个令牌不代表任何人，不能办理。', '须在 integrators.yaml 写明 person；演示沙箱可写 as', 'as');
  ctx.state.person = who.person;
  return { person: who.person, byToken: !who.inPerson };
}

/** As words people type, so that the same matcher reads them; a program makes no slips, so only words of the table count. */
function verbIn({ verb }: Body): { readonly verb: string; readonly typed: string } {
  const typed = verbOf(verb)?.words[0] ?? verb;
  const read = parse(typed).verb;
  if (read !== null && verbOf(read)?.words.includes(typed)) return { verb: read, typed };
  const near = nearestVerbs(verb).map(({ row }) => row.words[0]);
  throw new HttpFault(
    422,
    'no_such_verb',
    '没有这个指令。',
    near.length === 0 ? '全部指令：帮助 全部' : `最接近的：${near.join('、')}`,
    'verb',
  );
}

/** Not even that there is one is told to whoever may neither read nor complete it. */
async function mayAddress(ports: ApiPorts, ctx: Context, person: PersonId, n: number): Promise<void> {
  const caller = { is: 'person', roster: await ports.directory.at(ports.clock.now()), person } as const;
  ctx.state.person = person;
  await readIncident(ports, n, caller, 'supplement').catch(() => readIncident(ports, n, caller, 'read_incident'));
}

/** A machine that tries to decide is answered by status. */
function refuseAloud({ refusal }: Answered): void {
  if (refusal?.code === 'token_may_not_decide') throw new HttpFault(403, refusal.code, refusal.message, refusal.hint);
}

function sourceOf({ id }: Who): string {
  return `command:${id}`;
}

function locationOf(key: string): string {
  return `/api/v1/commands/${encodeURIComponent(key)}`;
}
