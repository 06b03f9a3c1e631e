/** `POST /api/v1/first-links`: lets a person set a password and a key for one-time codes, for when no platform can be reached. */
import { z } from 'zod';
import { type CredentialPorts, giveLink } from '../console/credentials';
import { addressOf } from '../console/door';
import { HttpFault } from '../errors';
import type { CallerPorts } from './callers';
import type { ApiPorts } from './ports';
import { type Route, tokenRoute } from './route';

const bodySchema = z.strictObject({
  person: z
    .string()
    .min(1)
    .max(64)
    .meta({ description: 'Id of the person in the roster', examples: ['admin1'] }),
});
const shownSchema = z.strictObject({
  path: z.string().meta({ description: 'Below the address of the pages; opens once, within a day' }),
});

/** For whoever holds the office's own token, that is, sits at the server. */
export function firstLinkRoutes(ports: Pick<ApiPorts, 'note'> & CallerPorts & CredentialPorts): readonly Route[] {
  return [
    tokenRoute({
      ...{ method: 'post', path: '/api/v1/first-links', id: 'postFirstLink', act: 'command' },
      what: 'A link that opens once, within a day; those before it end, and so do locks',
      body: bodySchema,
      answers: { 200: { what: 'The link', schema: shownSchema } },
      refuses: { token_scope: 403, no_such_person: 422 },
      handle: async ({ ctx, body: { person } }, who) => {
        if (who.id !== 'main') throw new HttpFault(403, 'token_scope', '这个令牌没有此项权限。', '一次性链接由本单位的 API_TOKEN 生成');
        const { people } = await ports.directory.at(ports.clock.now());
        if (!people.has(person)) throw new HttpFault(422, 'no_such_person', '通讯录里没有这个人。', '', 'person');
        await ports.note({ type: 'LinkGiven', by: who.person, system: who.id, from: addressOf(ctx), person });
        return { body: { path: `/console/first/${await giveLink(ports, person)}` } };
      },
    }),
  ];
}
