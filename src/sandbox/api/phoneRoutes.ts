/** Telephones: how each behaves, what was sent to it, who was rung, and how that ended. */
import type Router from '@koa/router';
import type { CommonCore } from '../commonCore';
import { isoOf } from '../instant';
import { SandboxRefusal } from '../refusal';
import { inputs } from './inputs';
import { bodyOf } from './read';

/** Adds the routes of one enterprise below `at`. Numbers are never shown. */
export function addPhoneRoutes(router: Router, at: string, { world, telephones }: CommonCore): void {
  router.get(`${at}/api/phones`, (context) => {
    const sent = telephones
      .all()
      .map(({ ref, at: moment, ...one }) => ({ ...one, at: isoOf(moment), result: telephones.told(ref)?.state }));
    context.body = { sent };
  });
  router.post(`${at}/api/phone`, async (context) => {
    const { person, manner } = await bodyOf(context, inputs.phone);
    if (!world.person(person))
      throw new SandboxRefusal(404, 'no_person', `没有「${person}」这个人。`, '人员列表见 GET /sandbox/api/state。', 'person');
    telephones.set(person, manner);
    context.body = { person, manner };
  });
}
