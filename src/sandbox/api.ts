/** The sandbox's own API and its chat page (interfaces.md section 6), as routes for any koa server. */
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { bodyOf, inputs, queryOf } from './apiInput';
import { ClockDesk } from './clockDesk';
import type { Control } from './control';
import type { Core } from './core';
import { isoOf } from './instant';
import { requireLoopback } from './loopback';
import { servePage } from './pageFiles';
import { SandboxRefusal } from './refusal';
import { find } from './rooms';
import type { Binding } from './world';

/** A bot in a process of its own: where it takes clock orders, and the ticks it sends while it works them off. */
export interface RemoteBot {
  register(controlUrl: string, controlToken: string | undefined): void;
  /** Moves the sandbox clock to a moment the bot has reached; false when that lies in the past. */
  tick(now: number): boolean;
}

/** What the routes need around them. `remote` is null when the bot lives in this process. */
export interface ApiParts {
  readonly core: Core;
  readonly control: Control;
  readonly binding: () => Binding;
  readonly remote: RemoteBot | null;
}

/** All routes under `/sandbox`, refused for anyone but this machine. */
export function createSandboxRouter(parts: ApiParts): Router {
  const router = new Router({ prefix: '/sandbox' });
  router.use(answerRefusals, async (context, next) => {
    const { origin } = context.req.headers;
    requireLoopback({ remoteAddress: context.req.socket.remoteAddress, host: context.req.headers.host, origin });
    await next();
  });
  addChatRoutes(router, parts);
  addWireRoutes(router, parts);
  addClockRoutes(router, parts);
  addBotRoutes(router, parts);
  router.get('/', (context) => servePage(context, 'index.html'));
  router.get('/page/:file', (context) => servePage(context, context.params.file ?? ''));
  router.all('/{*rest}', () => {
    throw new SandboxRefusal(404, 'no_such_call', '沙箱没有这个接口。', '接口名见 /sandbox/api/ 的说明。');
  });
  return router;
}

function addChatRoutes(router: Router, { core, control }: ApiParts): void {
  const { world, board, weCom } = core;
  router.get('/api/state', (context) => {
    context.body = {
      now: isoOf(control.now()),
      platform: 'wecom',
      epoch: board.epoch,
      robot: { name: world.keys.robot.name, connected: weCom.connected, callback: weCom.callbackSet },
      rooms: world.rooms.map(({ id, name, kind, members }) => ({ id, name, kind, members })),
      people: world.people.map(({ id, name, post, roles }) => ({ id, name, post, roles })),
    };
  });
  router.post('/api/say', async (context) => {
    const { room, from, quote, ...words } = await bodyOf(context, inputs.say);
    const place = find.memberIn(core, room, from);
    context.body = { id: weCom.say({ ...words, ...place, quote: quote === undefined ? null : find.quoted(core, room, quote) }) };
  });
  router.post('/api/click', async (context) => {
    const input = await bodyOf(context, inputs.click);
    const message = find.message(core, input.message);
    const place = find.memberIn(core, message.room, input.from);
    find.button(message, input.from, input.button);
    context.body = { id: weCom.click({ message, ...place, key: input.button, values: input.values }) };
  });
  router.post('/api/enter', async (context) => {
    const input = await bodyOf(context, inputs.enter);
    const { room, person } = find.memberIn(core, input.room, input.from);
    if (room.owner === null) throw new SandboxRefusal(409, 'not_private', '只有私聊才有进入会话事件。', '请选自己的私聊房间。', 'room');
    context.body = { told: weCom.enter(room, person) };
  });
  router.get('/api/messages', async (context) => {
    const { room, after, wait } = queryOf(context, inputs.messages);
    if (room !== undefined) find.room(core, room);
    const page = await board.readSoon(room, after, wait);
    context.body = { ...page, now: isoOf(control.now()), epoch: board.epoch };
  });
}

function addWireRoutes(router: Router, { core }: ApiParts): void {
  router.post('/api/faults', async (context) => {
    const order = await bodyOf(context, inputs.faults);
    context.body = { armed: 'clear' in order ? core.faults.clear() : core.faults.arm(order) };
  });
  router.get('/api/calls', (context) => {
    context.body = core.calls.read(queryOf(context, inputs.calls));
  });
}

function addClockRoutes(router: Router, { core, control }: ApiParts): void {
  const desk = new ClockDesk(control);
  router.post('/api/clock', async (context) => {
    const order = await bodyOf(context, inputs.clock);
    const reached = await desk.advance((now) => ('now' in order ? order.now : now + order.advanceMinutes * 60_000));
    context.body = { now: isoOf(reached) };
  });
  router.post('/api/reset', async (context) => {
    const before = core.board.epoch;
    await desk.reset();
    if (core.board.epoch === before) core.wipe();
    context.body = { now: isoOf(control.now()) };
  });
}

function addBotRoutes(router: Router, { core, binding, remote }: ApiParts): void {
  router.get('/binding', (context) => {
    context.body = binding();
  });
  router.post('/callback-url', async (context) => {
    const { url, controlUrl, controlToken } = await bodyOf(context, inputs.callbackUrl);
    if (controlUrl !== undefined) remoteOf(remote).register(controlUrl, controlToken);
    context.body = { passed: await core.weCom.setCallbackUrl(url) };
  });
  router.post('/clock-tick', async (context) => {
    const { now } = await bodyOf(context, inputs.clockTick);
    if (!remoteOf(remote).tick(now)) throw new SandboxRefusal(409, 'clock_backward', '时钟只能向前走。', '要回到过去，请用重置。', 'now');
    context.body = { now: isoOf(now) };
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
