/** Who calls the API: a token's system, the person of a signed-in browser, or in the sandbox whoever it says it is. */
import type { Context } from 'koa';
import type { Scope } from '../../core/rights/act';
import type { Caller } from '../../core/rights/may';
import type { PersonId } from '../../core/roster/roster';
import type { Clock } from '../../ports/clock';
import type { Directory } from '../../ports/directory';
import type { Machine } from '../../ports/machines';
import { ownerOf } from '../bearer';
import { type DoorPorts, hasCookie, signedIn } from '../console/door';
import { HttpFault } from '../errors';

/** A caller with a token or a session. */
export interface Who {
  /** Id of the system; `main` bears the API token. */
  readonly id: string;
  readonly scopes: readonly Scope[];
  /** In whose name its commands stand; null gives none. */
  readonly person: PersonId | null;
  /** He sits at the page himself: what a token must not decide, he may. */
  readonly inPerson: boolean;
  /** As the policy of rights asks for it. */
  readonly caller: Caller;
}

export interface CallerPorts extends Pick<DoorPorts, 'sessions' | 'wallMs'> {
  readonly apiToken: string;
  readonly machines: readonly Machine[];
  /** The demonstration runs: callers may say whose eyes and hands they use. */
  readonly sandbox: boolean;
  readonly directory: Directory;
  readonly clock: Clock;
}

/** In the sandbox, on any reading call: the person whose rights count. */
export const AS_HEADER = 'X-Fenghuo-As';

/** Throws HttpFault 401 `unauthorised`, `signed_out`, `code_owed`, 403 `csrf`, `as_refused` outside the sandbox, 422 `no_such_person`. */
export async function callerOf(ctx: Context, ports: CallerPorts): Promise<Who> {
  if (ctx.get('authorization') === '' && hasCookie(ctx)) return atPage(ctx, ports);
  const who = ownerOf(ctx, tokensOf(ports));
  ctx.state.system = who.id;
  const as = ctx.get(AS_HEADER);
  return as === '' ? who : { ...who, caller: await personAs(ctx, as, ports, AS_HEADER) };
}

/** The person of the session, with what he may do now. */
async function atPage(ctx: Context, ports: CallerPorts): Promise<Who> {
  const { person } = await signedIn(ctx, ports);
  ctx.state.person = person;
  const roster = await ports.directory.at(ports.clock.now());
  return { id: `page:${person}`, scopes: ['read', 'command'], person, inPerson: true, caller: { is: 'person', roster, person } };
}

/** The person a sandbox caller acts as; refused everywhere else. */
export async function personAs(
  ctx: Context,
  person: string,
  ports: CallerPorts,
  field: string,
): Promise<Extract<Caller, { is: 'person' }>> {
  if (!ports.sandbox) throw new HttpFault(403, 'as_refused', '只有演示沙箱可以指定代谁办理。', '正式使用由本人登录办理', field);
  const roster = await ports.directory.at(ports.clock.now());
  if (!roster.people.has(person)) throw new HttpFault(422, 'no_such_person', '通讯录里没有这个人。', '', field);
  ctx.state.person = person;
  return { is: 'person', roster, person };
}

function tokensOf({ apiToken, machines }: CallerPorts): readonly { readonly token: string; readonly owner: Who }[] {
  const main = whoIs({ id: 'main', scopes: ['read', 'command'], person: null });
  return [
    { token: apiToken, owner: main },
    ...machines.flatMap((machine) => (machine.token === null ? [] : [{ token: machine.token, owner: whoIs(machine) }])),
  ];
}

function whoIs({ id, scopes, person }: Pick<Machine, 'id' | 'scopes' | 'person'>): Who {
  return { id, scopes, person, inPerson: false, caller: { is: 'machine', scopes } };
}
