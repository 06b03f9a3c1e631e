/** `GET /console/session`: who is signed in on this page and what it offers him, else the ways in. */
import { z } from 'zod';
import { OFFERS, offersTo } from '../../core/rights/offers';
import { rolesOf } from '../../core/rights/reach';
import type { Roster } from '../../core/roster/roster';
import type { Platform } from '../../ports/platform';
import type { Session } from '../../ports/sessions';
import { moment } from '../api/schemaMoment';

const text = z.string();
/** `may` holds only what the policy of rights gives this person now; it spares him refusals and allows nothing. */
export const sessionSchema = z.strictObject({
  ...{ person: text, name: text, post: text, roles: z.array(text), may: z.array(z.enum(OFFERS)) },
  ...{ stage: z.enum(['code', 'full']), csrf: text, endsAt: moment },
});
/** `people` only in the demonstration: whom one may be. */
export const standingSchema = z.strictObject({
  office: text,
  platforms: z.array(z.strictObject({ id: text, tenant: text, at: text })),
  people: z.array(z.strictObject({ id: text, name: text, post: text })),
  session: sessionSchema.nullable(),
});

/** A session as its own page is told of it. */
export function shownSession({ person, stage, csrf, endsAt }: Session, roster: Roster): z.infer<typeof sessionSchema> {
  const { name = person, post = '' } = roster.people.get(person) ?? {};
  const roles = [...new Set(rolesOf(roster, person))];
  return { person, name, post, roles, may: [...offersTo(roster, person)], stage, csrf, endsAt: new Date(endsAt).toISOString() };
}

/** How a page stands; in the demonstration everybody of the roster can be chosen. */
export function standing(
  { office, platforms, sandbox }: { readonly office: string; readonly platforms: readonly Platform[]; readonly sandbox: boolean },
  roster: Roster,
  session: Session | null,
): z.infer<typeof standingSchema> {
  return {
    office,
    platforms: platforms.flatMap(({ id, tenant, signIn }) =>
      signIn === undefined ? [] : [{ id, tenant, at: `/console/enter/${id}/${tenant}` }],
    ),
    people: sandbox ? [...roster.people.values()].map(({ id, name, post }) => ({ id, name, post })) : [],
    session: session === null ? null : shownSession(session, roster),
  };
}
