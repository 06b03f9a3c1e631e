/** What people of an organisation on DingTalk do, what goes wrong there, and what its console sets. */
import type Router from '@koa/router';
import { inputs } from '../../api/inputs';
import { bodyOf } from '../../api/read';
import { speakerOf, speechOf } from '../../api/speech';
import { SandboxRefusal } from '../../refusal';
import { find } from '../../rooms';
import type { Person } from '../../world';
import type { DingCore } from '../core';
import { dingInputs } from './inputs';

const FILE_BODY_BYTES = 140 << 20;

/** Adds the routes of one organisation below `at`. */
export function addDingRoutes(router: Router, at: string, core: DingCore): void {
  addPeopleRoutes(router, at, core);
  addLineRoutes(router, at, core);
  addConsoleRoutes(router, at, core);
}

function addPeopleRoutes(router: Router, at: string, core: DingCore): void {
  const { acts, events } = core.dingTalk;
  router.post(`${at}/api/say`, async (context) => {
    const { text, ...who } = await bodyOf(context, inputs.say);
    context.body = { id: acts.speak(speakerOf(core, who), { kind: 'text', text }).id };
  });
  router.post(`${at}/api/send`, async (context) => {
    const { room, from, to: _to, quote, mentionBot, copies, ...what } = await bodyOf(context, inputs.send, FILE_BODY_BYTES);
    context.body = acts.speak(speakerOf(core, { room, from, quote, mentionBot, copies }), speechOf(what));
  });
  router.post(`${at}/api/click`, async (context) => {
    const input = await bodyOf(context, inputs.click);
    const message = find.message(core, input.message);
    const place = find.memberIn(core, message.room, input.from);
    find.button(message, input.from, input.button);
    context.body = { id: acts.press(message, { ...place, key: input.button, values: input.values }) };
  });
  router.post(`${at}/api/enter`, async (context) => {
    const input = await bodyOf(context, inputs.enter);
    const { room, person } = find.memberIn(core, input.room, input.from);
    core.dingTalk.readers.sawRoom(room.id, person.id);
    context.body = { told: false };
  });
  router.post(`${at}/api/read`, async (context) => {
    const input = await bodyOf(context, dingInputs.read);
    const message = find.message(core, input.message);
    core.dingTalk.readers.saw(message.id, find.memberIn(core, message.room, input.person).person.id);
    context.body = { read: true };
  });
  router.post(`${at}/api/event`, async (context) => {
    const { event, fields } = await bodyOf(context, dingInputs.event);
    events.tell({ type: event, fields });
    context.body = { told: events.byUrl || core.dingTalk.sockets.connected };
  });
}

function addLineRoutes(router: Router, at: string, core: DingCore): void {
  router.post(`${at}/api/line`, async (context) => {
    context.body = { met: core.dingTalk.sockets.order(await bodyOf(context, dingInputs.line)) };
  });
  router.post(`${at}/api/switches`, async (context) => {
    context.body = core.switches.set(await bodyOf(context, dingInputs.switches));
  });
  router.post(`${at}/api/standing`, async (context) => {
    const { person, ...change } = await bodyOf(context, dingInputs.standing);
    const { id } = personOf(core, person);
    const before = core.switches.standing(id);
    const standing = core.switches.setStanding(id, change);
    const userId = [core.book.account(id).userid];
    if (standing.left !== before.left)
      core.dingTalk.events.tell({ type: standing.left ? 'user_leave_org' : 'user_add_org', fields: { userId } });
    context.body = standing;
  });
  router.post(`${at}/api/robot-in-room`, async (context) => {
    const { room, stands } = await bodyOf(context, dingInputs.robotInRoom);
    core.dingTalk.roster.setRobot(core.book.conversation(find.room(core, room)), stands);
    context.body = { stands };
  });
}

function addConsoleRoutes(router: Router, at: string, core: DingCore): void {
  const { templates, robot, events, signIn, allowance, sockets } = core.dingTalk;
  router.get(`${at}/api/keys`, (context) => {
    const { departments, tags } = core.world;
    context.body = {
      departments,
      tags: tags.map((tag) => ({ id: tag.id, name: tag.name, members: tag.members.map((person) => person.id) })),
      unionIds: Object.fromEntries(core.book.accounts.map(({ person, unionid }) => [person.id, unionid])),
      budget: { used: allowance.used, allowed: core.switches.on.monthlyCalls },
      ding: robot.dings.used,
      connections: sockets.count,
    };
  });
  router.get(`${at}/api/card-templates`, (context) => {
    context.body = { templates: templates.all() };
  });
  router.post(`${at}/api/card-templates`, async (context) => {
    templates.put(await bodyOf(context, dingInputs.cardTemplate));
    context.body = { templates: templates.all() };
  });
  router.post(`${at}/api/auth-code`, async (context) => {
    const { person } = await bodyOf(context, dingInputs.authCode);
    context.body = { code: signIn.code(personOf(core, person).id) };
  });
  router.post(`${at}/robot-callback-url`, async (context) => {
    robot.ears.configure((await bodyOf(context, dingInputs.callbackUrl)).url);
    context.body = { passed: true };
  });
  router.post(`${at}/event-callback-url`, async (context) => {
    context.body = { passed: await events.configure((await bodyOf(context, dingInputs.callbackUrl)).url) };
  });
}

function personOf(core: DingCore, id: string): Person {
  const person = core.world.person(id);
  if (person) return person;
  throw new SandboxRefusal(404, 'no_person', `没有「${id}」这个人。`, '人员列表见 GET /sandbox/api/state。', 'person');
}
