/** What every enterprise has, whatever its platform: state, messages, files, faults, the record of calls, swallowed messages, connection data. */
import type Router from '@koa/router';
import type { CommonCore } from '../commonCore';
import type { Control } from '../control';
import { isoOf } from '../instant';
import { SandboxRefusal } from '../refusal';
import { find } from '../rooms';
import { inputs } from './inputs';
import { bodyOf, queryOf } from './read';

/** Telephones are rooms that nobody can speak in. */
const PHONE = 'phone:';

/** Adds the routes of one enterprise below `at`; `port` is the wire's. */
export function addSharedRoutes(
  router: Router,
  at: string,
  core: CommonCore,
  { control, port }: { control: Control; port: () => number },
): void {
  router.get(`${at}/binding`, (context) => {
    context.body = core.binding(port());
  });
  router.get(`${at}/api/state`, (context) => {
    context.body = stateOf(core, control.now());
  });
  router.get(`${at}/api/messages`, async (context) => {
    const { room, after, wait } = queryOf(context, inputs.messages);
    if (room !== undefined && !room.startsWith(PHONE)) find.room(core, room);
    const page = await core.board.readSoon(room, after, wait);
    context.body = { ...page, now: isoOf(control.now()), epoch: core.board.epoch };
  });
  router.get(`${at}/api/files/:id`, (context) => {
    const file = core.files.find(context.params.id ?? '');
    if (!file) throw new SandboxRefusal(404, 'no_file', '没有这个文件。', '文件地址在消息的 file.url 里。');
    context.set('content-type', file.contentType);
    context.set('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.shown.name)}`);
    context.set('x-content-type-options', 'nosniff');
    context.body = file.data;
  });
  addRecordRoutes(router, at, core);
}

function addRecordRoutes(router: Router, at: string, core: CommonCore): void {
  router.post(`${at}/api/faults`, async (context) => {
    const order = await bodyOf(context, inputs.faults);
    context.body = { armed: 'clear' in order ? core.faults.clear() : core.faults.arm(order) };
  });
  router.get(`${at}/api/calls`, (context) => {
    context.body = core.calls.read(queryOf(context, inputs.calls));
  });
  router.get(`${at}/api/drops`, (context) => {
    context.body = core.drops.read(queryOf(context, inputs.drops).after);
  });
}

function stateOf(core: CommonCore, now: number): Record<string, unknown> {
  const rung = core.world.people.filter(({ id }) => core.telephones.all().some(({ person }) => person === id));
  return {
    now: isoOf(now),
    platform: core.platform,
    tenant: core.tenant,
    epoch: core.board.epoch,
    robot: core.robot(),
    switches: core.switches.on,
    faultApis: core.faultApis,
    rooms: [
      ...core.world.rooms.map(({ id, name, kind, members }) => ({ id, name, kind, members })),
      ...rung.map(({ id, name }) => ({ id: `${PHONE}${id}`, name: `${name}的手机`, kind: 'phone', members: [id] })),
    ],
    people: core.world.people.map(({ id, name, post, roles }) => ({ id, name, post, roles })),
  };
}
