/** What goes wrong and what is set in the console of a WeCom enterprise: line, switches, standing, keys, callback URLs. */
import type Router from '@koa/router';
import type { WeComCore } from '../core';
import { SandboxRefusal } from '../refusal';
import { emailOf } from '../wecom/contacts/lookUps';
import { inputs } from './inputs';
import { bodyOf } from './read';

/** Adds the routes of one enterprise below `at`. */
export function addWireRoutes(router: Router, at: string, core: WeComCore): void {
  router.post(`${at}/api/line`, async (context) => {
    context.body = { met: core.weCom.robot.sockets.line.order(await bodyOf(context, inputs.line)) };
  });
  router.post(`${at}/api/switches`, async (context) => {
    context.body = core.switches.set(await bodyOf(context, inputs.switches));
  });
  router.post(`${at}/api/standing`, async (context) => {
    const { person, ...change } = await bodyOf(context, inputs.standing);
    if (!core.world.person(person))
      throw new SandboxRefusal(404, 'no_person', `没有「${person}」这个人。`, '人员列表见 GET /sandbox/api/state。', 'person');
    context.body = core.switches.setStanding(person, change);
  });
  router.post(`${at}/api/dissolve`, async (context) => {
    const { room } = await bodyOf(context, inputs.dissolve);
    if (!core.weCom.app.chats.dissolve(room))
      throw new SandboxRefusal(404, 'no_room', `没有应用群「${room}」。`, '应用建的群以 appchat: 开头。', 'room');
    context.body = { dissolved: true };
  });
  addConsoleRoutes(router, at, core);
}

function addConsoleRoutes(router: Router, at: string, core: WeComCore): void {
  const { world, weCom } = core;
  router.get(`${at}/api/keys`, (context) => {
    const { departments, tags, people, further } = world;
    context.body = {
      ...further,
      departments,
      tags: tags.map((tag) => ({ id: tag.id, name: tag.name, members: tag.members.map((person) => person.id) })),
      openUserids: Object.fromEntries(people.map((person) => [person.id, person.openUserid])),
      emails: Object.fromEntries(people.map((person) => [person.id, emailOf({ world }, person)])),
    };
  });
  router.post(`${at}/robot-callback-url`, async (context) => {
    const { url } = await bodyOf(context, inputs.robotCallbackUrl);
    context.body = { passed: await weCom.robot.ears.configure(url) };
  });
}
