/** The sandbox's own API and its chat page (interfaces.md section 6), as routes for any koa server. */
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { CarrierBinding } from '../carrier/carrier';
import { ClockDesk } from '../clockDesk';
import type { Control } from '../control';
import type { Core } from '../core';
import { addDingRoutes } from '../dingtalk/api/routes';
import { addGovRoutes } from '../dingtalk/gov/routes';
import { isoOf } from '../instant';
import { requireLoopback } from '../loopback';
import { servePage } from '../pageFiles';
import { SandboxRefusal } from '../refusal';
import { inputs } from './inputs';
import { addPeopleRoutes } from './peopleRoutes';
import { addPhoneRoutes } from './phoneRoutes';
import { bodyOf } from './read';
import { addSharedRoutes } from './sharedRoutes';
import { addWireRoutes } from './wireRoutes';

/** A bot in a process of its own: where it takes clock orders, and the ticks it sends while it works them off. */
export interface RemoteBot {
  register(controlUrl: string, controlToken: string | undefined): void;
  /** Moves the sandbox clock to a moment the bot has reached; false when that lies in the past. */
  tick(now: number): boolean;
}

/** What the routes need around them. `cores` are the enterprises, the first at `/sandbox` itself; `remote` is null when the bot lives in this process. */
export interface ApiParts {
  readonly cores: readonly Core[];
  readonly control: Control;
  readonly port: () => number;
  readonly carrier: () => CarrierBinding;
  readonly remote: RemoteBot | null;
}

/** All routes under `/sandbox`, refused for anyone but this machine. Each enterprise also has its own under `/sandbox/tenants/<tenant>`. */
export function createSandboxRouter(parts: ApiParts): Router {
  const { cores, control, port } = parts;
  const router = new Router({ prefix: '/sandbox' });
  router.use(answerRefusals, async (context, next) => {
    const { origin } = context.req.headers;
    requireLoopback({ remoteAddress: context.req.socket.remoteAddress, host: context.req.headers.host, origin });
    await next();
  });
  cores.forEach((core, index) => {
    for (const at of [...(index === 0 ? [''] : []), `/tenants/${core.tenant}`]) {
      addSharedRoutes(router, at, core, { control, port });
      addPhoneRoutes(router, at, core);
      addPlatformRoutes(router, at, core);
      addCallbackRoute(router, at, core, parts.remote);
    }
  });
  router.get('/carrier', (context) => {
    context.body = parts.carrier();
  });
  router.get('/api/tenants', (context) => {
    context.body = { tenants: cores.map((core) => core.tenant) };
  });
  addClockRoutes(router, parts);
  router.get('/', (context) => servePage(context, 'index.html'));
  router.get('/page/:file', (context) => servePage(context, context.params.file ?? ''));
  router.all('/{*rest}', () => {
    throw new SandboxRefusal(404, 'no_such_call', '沙箱没有这个接口。', '接口名见 /sandbox/api/ 的说明。');
  });
  return router;
}

function addPlatformRoutes(router: Router, at: string, core: Core): void {
  if (core.platform === 'dingtalk') addDingRoutes(router, at, core);
  else if (core.platform === 'govding') addGovRoutes(router, at, core);
  else {
    addPeopleRoutes(router, at, core);
    addWireRoutes(router, at, core);
  }
}

function addClockRoutes(router: Router, { cores, control, remote }: ApiParts): void {
  const desk = new ClockDesk(control);
  router.post('/api/clock', async (context) => {
    const order = await bodyOf(context, inputs.clock);
    const reached = await desk.advance((now) => ('now' in order ? order.now : now + order.advanceMinutes * 60_000));
    context.body = { now: isoOf(reached) };
  });
  router.post('/api/reset', async (context) => {
    const before = cores.map((core) => core.board.epoch);
    await desk.reset();
    cores.forEach((core, index) => {
      if (core.board.epoch === before[index]) core.wipe();
    });
    context.body = { now: isoOf(control.now()) };
  });
  router.post('/clock-tick', async (context) => {
    const { now } = await bodyOf(context, inputs.clockTick);
    if (!remoteOf(remote).tick(now)) throw new SandboxRefusal(409, 'clock_backward', '时钟只能向前走。', '要回到过去，请用重置。', 'now');
    context.body = { now: isoOf(now) };
  });
}

function addCallbackRoute(router: Router, at: string, core: Core, remote: RemoteBot | null): void {
  router.post(`${at}/callback-url`, async (context) => {
    const { url, controlUrl, controlToken } = await bodyOf(context, inputs.callbackUrl);
    if (controlUrl !== undefined) remoteOf(remote).register(controlUrl, controlToken);
    context.body = { passed: await core.setCallbackUrl(url) };
  });
}

function remoteOf(remote: RemoteBot | null): RemoteBot {
  if (remote) return remote;
  throw new SandboxRefusal(409, 'bot_in_process', '机器人就在本进程里，时钟由它自己掌管。', '只有单独运行的沙箱才接受外部时钟。');
}

const answerRefusals: Middleware = async (context: Context, next) => {
  try {
    await next();
  } catch (error) {
    if (!(error instanceof SandboxRefusal)) throw error;
    const { code, message, hint, field } = error;
    context.status = error.status;
    context.body = { error: { code, message, hint, ...(field === undefined ? {} : { field }) } };
  }
};
