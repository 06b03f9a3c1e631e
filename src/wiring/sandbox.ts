/** Joins bot and sandbox, in one process or two; the bot keeps the clock in both. */
import { randomBytes } from 'node:crypto';
import Router from '@koa/router';
import { z } from 'zod';
import type { Roster } from '../core/roster/roster';
import type { PlatformName } from '../sandbox/commonCore';
import type { WorldInput } from '../sandbox/world';
import { bearer } from '../web/bearer';
import { readBody } from '../web/body';
import { HttpFault } from '../web/errors';
import type { SandboxControl } from './sandboxControl';

/** A simulator the bot can reach, wherever it runs. */
export interface JoinedSandbox {
  readonly binding: unknown;
  /** Of the simulated carrier. */
  readonly carrier: { readonly url: string; readonly key: string };
  readonly routers: readonly Router[];
  /** Where the chat page is, once the bot listens at `own`. */
  page(own: string): string;
  /** Told of each moment the clock is set to. */
  moved(now: number): Promise<void>;
  wipe(): void;
  /** Registers the bot's callback; false when the verification failed. */
  register(own: string, callbackPath: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** The sample bureau as the simulator's world: no platform ids, those are the simulator's. */
export function worldOf(roster: Roster, platform: PlatformName): WorldInput {
  return {
    platform,
    people: [...roster.people.values()].map((p) => ({
      id: p.id,
      name: p.name,
      post: p.post,
      roles: [...new Set(roster.grants.filter((g) => g.person === p.id).map((g) => g.role))],
      phone: p.phone ?? '',
    })),
    rooms: [...roster.rooms.values()].map((r) => ({ id: r.id, name: r.name, kind: r.kind, members: [...r.members] })),
  };
}

/** The same bureau on every platform, on one wire; `first` is found without naming a tenant, the others bear the platform's name. */
export function worldsOf(roster: Roster, first: PlatformName): readonly [WorldInput, ...WorldInput[]] {
  const others = PLATFORMS.filter((platform) => platform !== first);
  return [worldOf(roster, first), ...others.map((platform) => ({ ...worldOf(roster, platform), tenant: platform }))];
}

const PLATFORMS: readonly PlatformName[] = ['wecom', 'dingtalk', 'govding'];

export async function joinInside(roster: Roster, control: SandboxControl, platform: PlatformName): Promise<JoinedSandbox> {
  const sandbox = await simulators().startSandbox({ world: worldOf(roster, platform), port: 0, control });
  return {
    binding: sandbox.firstBinding(),
    carrier: sandbox.carrier(),
    routers: [sandbox.router],
    page: (own) => `${own}/sandbox/`,
    moved: async () => undefined,
    wipe: () => sandbox.wipe(),
    register: (own, path) => sandbox.setCallbackUrl(`${own}${path}`),
    stop: () => sandbox.stop(),
  };
}

export async function joinOutside(url: string, control: SandboxControl): Promise<JoinedSandbox> {
  const base = url.replace(/\/+$/, '');
  const token = randomBytes(24).toString('base64url');
  const response = await fetch(`${base}/sandbox/binding`);
  const carrier = carrierSchema.parse(await (await fetch(`${base}/sandbox/carrier`)).json());
  const post = async (path: string, body: unknown): Promise<Response> =>
    fetch(`${base}/sandbox/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return {
    binding: await response.json(),
    carrier,
    routers: [controlRouter(control, token)],
    page: () => `${base}/sandbox/`,
    moved: async (now) => void (await post('clock-tick', { now: new Date(now).toISOString() })),
    wipe: () => undefined,
    register: async (own, path) => {
      const answer = await post('callback-url', { url: `${own}${path}`, controlUrl: `${own}/sandbox-control`, controlToken: token });
      await post('clock-tick', { now: new Date(control.now()).toISOString() });
      return answer.ok && passedSchema.safeParse(await answer.json()).success;
    },
    stop: async () => undefined,
  };
}

/** Loaded where they run: a server of real platforms never carries them. */
const simulators = (): typeof import('../sandbox/sandbox') => require('../sandbox/sandbox');

const carrierSchema = z.strictObject({ url: z.string(), key: z.string() });
const passedSchema = z.object({ passed: z.literal(true) });
const advanceSchema = z.strictObject({ to: z.iso.datetime({ offset: true }) });

/** Clock orders from a simulator in another process; its own token, never the API's. */
function controlRouter(control: SandboxControl, token: string): Router {
  const router = new Router({ prefix: '/sandbox-control' });
  router.use(bearer(token));
  router.post('/advance', async (ctx) => {
    const body = await readBody(ctx.req, 4096);
    const order = advanceSchema.safeParse(JSON.parse(body?.toString('utf8') || '{}'));
    if (!order.success) throw new HttpFault(400, 'bad_order', '时间不正确。');
    ctx.body = { now: new Date(await control.advanceTo(Date.parse(order.data.to))).toISOString() };
  });
  router.post('/reset', async (ctx) => {
    await control.reset();
    ctx.body = {};
  });
  return router;
}
