/** What people of a WeCom enterprise do: talk, send, press, open the chat, events. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { WeComCore } from '../core';
import { SandboxRefusal } from '../refusal';
import { find } from '../rooms';
import { xmlFieldsOf } from '../wecom/xml';
import { inputs } from './inputs';
import { bodyOf } from './read';
import { speakerOf, speechOf } from './speech';

const FILE_BODY_BYTES = 140 << 20;

/** Adds the routes of one enterprise below `at`. */
export function addPeopleRoutes(router: Router, at: string, core: WeComCore): void {
  const { weCom } = core;
  router.post(`${at}/api/say`, async (context) => {
    const { text, to, ...who } = await bodyOf(context, inputs.say);
    context.body = { id: weCom.acts.speak({ ...speakerOf(core, who), to }, { kind: 'text', text }).id };
  });
  router.post(`${at}/api/send`, async (context) => {
    const { room, from, to, quote, mentionBot, copies, ...what } = await bodyOf(context, inputs.send, FILE_BODY_BYTES);
    context.body = weCom.acts.speak({ ...speakerOf(core, { room, from, quote, mentionBot, copies }), to }, speechOf(what));
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
}

async function enter(context: Context, core: WeComCore): Promise<void> {
  const input = await bodyOf(context, inputs.enter);
  const { room, person } = find.memberIn(core, input.room, input.from);
  if (room.owner === null) throw new SandboxRefusal(409, 'not_private', '只有私聊才有进入会话事件。', '请选自己的私聊房间。', 'room');
  if (input.to === 'app') core.weCom.app.ears.event(room, person, 'enter_agent', { EventKey: '' });
  context.body = { told: input.to === 'app' ? core.weCom.app.ears.configured : core.weCom.robot.ears.enter(room, person) };
}

/** Any event by name; `raw` replaces the whole body towards the robot, so that unknown kinds can be tried. */
async function event(context: Context, core: WeComCore): Promise<void> {
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
