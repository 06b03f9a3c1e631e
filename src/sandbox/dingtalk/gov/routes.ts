/** What people of a tenant on the government edition do, and what its console sets. */
import type Router from '@koa/router';
import { z } from 'zod';
import { inputs } from '../../api/inputs';
import { bodyOf } from '../../api/read';
import { speakerOf } from '../../api/speech';
import { isLoopbackUrl } from '../../loopback';
import { SandboxRefusal } from '../../refusal';
import { find } from '../../rooms';
import type { Speaker } from '../../speech';
import type { GovCore } from './core';

const callbackUrl = z.strictObject({ url: z.url().refine(isLoopbackUrl, '只能是本机地址').nullable() });
const reading = z.strictObject({ message: z.string(), person: z.string() });
const authCode = z.strictObject({ person: z.string() });

/** Adds the routes of one tenant below `at`. Of what people say, words alone reach the robot: no other kind is known. */
export function addGovRoutes(router: Router, at: string, core: GovCore): void {
  router.post(`${at}/api/say`, async (context) => {
    const { text, ...who } = await bodyOf(context, inputs.say);
    context.body = { id: say(core, speakerOf(core, who), text) };
  });
  router.post(`${at}/api/click`, async (context) => {
    const input = await bodyOf(context, inputs.click);
    find.button(find.message(core, input.message), input.from, input.button);
  });
  router.post(`${at}/api/enter`, async (context) => {
    const input = await bodyOf(context, inputs.enter);
    const { room, person } = find.memberIn(core, input.room, input.from);
    core.readers.sawRoom(room.id, person.id);
    context.body = { told: false };
  });
  router.post(`${at}/api/read`, async (context) => {
    const input = await bodyOf(context, reading);
    const message = find.message(core, input.message);
    core.readers.saw(message.id, find.memberIn(core, message.room, input.person).person.id);
    context.body = { read: true };
  });
  router.post(`${at}/api/auth-code`, async (context) => {
    const { person } = await bodyOf(context, authCode);
    if (!core.world.person(person))
      throw new SandboxRefusal(404, 'no_person', `没有「${person}」这个人。`, '人员列表见 GET /sandbox/api/state。', 'person');
    context.body = { code: core.people.code(person) };
  });
  router.post(`${at}/robot-callback-url`, async (context) => {
    core.ears.configure((await bodyOf(context, callbackUrl)).url);
    context.body = { passed: true };
  });
}

/** In a group only what mentions the robot reaches it, the mention taken out. */
function say(core: GovCore, { room, person, quote, mentionBot, copies }: Speaker, text: string): string {
  core.readers.sawRoom(room.id, person.id);
  const mention = `@${core.keys.robotName}`;
  const group = room.owner === null;
  const shown = group && mentionBot && !text.includes(mention) ? `${mention} ${text}` : text;
  const about = { room: room.id, from: person.id, fromBot: false, pinged: [], kind: 'text' as const, text: shown, raw: { text } };
  const { id } = core.board.post({ ...about, ...(quote ? { quote: { id: quote.id, text: quote.text } } : {}) });
  if (!group || mentionBot) core.ears.hear(room, person, group ? shown.replace(mention, '') : shown, copies);
  return id;
}
