/** What people do and see: state, talk, files, clicks, events, messages. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Control } from '../control';
import type { Core } from '../core';
import { isoOf } from '../instant';
import { SandboxRefusal } from '../refusal';
import { find } from '../rooms';
import type { Speaker, Speech } from '../wecom/acts';
import { xmlFieldsOf } from '../wecom/xml';
import { inputs } from './inputs';
import { bodyOf, queryOf } from './read';

const FILE_BODY_BYTES = 140 << 20;
/** Telephones are rooms that nobody can speak in. */
const PHONE = 'phone:';

/** Adds the routes of one enterprise below `at`. */
export function addPeopleRoutes(router: Router, at: string, core: Core, control: Control): void {
  const { board, weCom } = core;
  router.get(`${at}/api/state`, (context) => {
    context.body = stateOf(core, control.now());
  });
  router.post(`${at}/api/say`, async (context) => {
    const { text, ...who } = await bodyOf(context, inputs.say);
    context.body = { id: weCom.acts.speak(speakerOf(core, who), { kind: 'text', text }).id };
  });
  router.post(`${at}/api/send`, async (context) => {
    const { room, from, to, quote, mentionBot, copies, ...what } = await bodyOf(context, inputs.send, FILE_BODY_BYTES);
    context.body = weCom.acts.speak(speakerOf(core, { room, from, to, quote, mentionBot, copies }), speechOf(what));
  });
  router.post(`${at}/api/click`, async (context) => {
    const input = await bodyOf(context, inputs.click);
    const message = find.message(core, input.message);
    const place = find.memberIn(core, message.room, input.from);
    find.button(message, input.from, input.button);
    context.body = { id: weCom.acts.press({ message, ...place, key: input.button, values: input.values }) };
  });
  router.post(`${at}/api/enter`, (context) => enter(context, core));
  router.post(`${at}/api/event`, (context) => event(context, core));
  router.get(`${at}/api/messages`, async (context) => {
    const { room, after, wait } = queryOf(context, inputs.messages);
    if (room !== undefined && !room.startsWith(PHONE)) find.room(core, room);
    const page = await board.readSoon(room, after, wait);
    context.body = { ...page, now: isoOf(control.now()), epoch: board.epoch };
  });
  router.get(`${at}/api/files/:id`, (context) => {
    const file = core.files.find(context.params.id ?? '');
    if (!file) throw new SandboxRefusal(404, 'no_file', '没有这个文件。', '文件地址在消息的 file.url 里。');
    context.set('content-type', file.contentType);
    context.set('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.shown.name)}`);
    context.set('x-content-type-options', 'nosniff');
    context.body = file.data;
  });
}

function stateOf({ world, board, weCom, switches, telephones }: Core, now: number): Record<string, unknown> {
  const rung = world.people.filter(({ id }) => telephones.all().some(({ person }) => person === id));
  return {
    now: isoOf(now),
    platform: 'wecom',
    tenant: world.keys.tenant,
    epoch: board.epoch,
    robot: {
      name: world.keys.robot.name,
      connected: weCom.robot.sockets.connected,
      callback: weCom.app.ears.configured,
      byUrl: weCom.robot.ears.byUrl,
    },
    switches: switches.on,
    rooms: [
      ...world.rooms.map(({ id, name, kind, members }) => ({ id, name, kind, members })),
      ...rung.map(({ id, name }) => ({ id: `${PHONE}${id}`, name: `${name}的手机`, kind: 'phone', members: [id] })),
    ],
    people: world.people.map(({ id, name, post, roles }) => ({ id, name, post, roles })),
  };
}

function speakerOf(
  core: Core,
  { room, from, quote, ...how }: Omit<Speaker, 'room' | 'person' | 'quote'> & { room: string; from: string; quote?: string | undefined },
): Speaker {
  const place = find.memberIn(core, room, from);
  return { ...how, ...place, quote: quote === undefined ? null : find.quoted(core, room, quote) };
}

/** A place has its coordinates in a field of their own. */
function speechOf(
  what:
    | Exclude<Speech, { kind: 'text' | 'location' }>
    | { kind: 'location'; latitude: number; longitude: number; scale: number; label: string },
): Speech {
  if (what.kind !== 'location') return what;
  const { kind, ...place } = what;
  return { kind, place };
}

async function enter(context: Context, core: Core): Promise<void> {
  const input = await bodyOf(context, inputs.enter);
  const { room, person } = find.memberIn(core, input.room, input.from);
  if (room.owner === null) throw new SandboxRefusal(409, 'not_private', '只有私聊才有进入会话事件。', '请选自己的私聊房间。', 'room');
  if (input.to === 'app') core.weCom.app.ears.event(room, person, 'enter_agent', { EventKey: '' });
  context.body = { told: input.to === 'app' ? core.weCom.app.ears.configured : core.weCom.robot.ears.enter(room, person) };
}

/** Any event by name; `raw` replaces the whole body towards the robot, so that unknown kinds can be tried. */
async function event(context: Context, core: Core): Promise<void> {
  const input = await bodyOf(context, inputs.event);
  if (input.to === 'app') {
    const { room, person } = find.memberIn(core, `dm:${input.from}`, input.from);
    core.weCom.app.ears.event(room, person, input.event, xmlFieldsOf(input.fields));
    context.body = { told: core.weCom.app.ears.configured };
    return;
  }
  const occasion = { kind: 'other' as const, ...find.memberIn(core, input.room, input.from) };
  const robot = core.weCom.robot.ears;
  const told = 'raw' in input ? robot.raw(input.raw, occasion) : robot.tell({ eventtype: input.event, fields: input.fields, occasion });
  context.body = { told };
}
