/** From a number, an address or an encrypted id to a userid (dossier 2.4, 5.7), with the day's block after too many misses. */
import { z } from 'zod';
import type { Person } from '../../world';
import { type Answer, accepted, refused } from '../answers';
import type { CorpParts } from '../parts';
import type { WireApi } from '../wire';

const DAY_MS = 86_400_000;
const MISS_SHARE = 0.2;
const MAX_IDS = 1000;

const mobileSchema = z.looseObject({ mobile: z.string().min(1) });
const emailSchema = z.looseObject({ email: z.string().min(1), email_type: z.union([z.literal(1), z.literal(2)]).optional() });
const openSchema = z.looseObject({ open_userid_list: z.array(z.string()) });

/** `user/getuserid`, `user/get_userid_by_email` and `batch/openuserid_to_userid`. */
export function lookUpApis(parts: CorpParts): { readonly apis: Readonly<Record<string, WireApi>>; wipe(): void } {
  let misses: number[] = [];
  const blocked = () => {
    misses = misses.filter((at) => at > parts.now() - DAY_MS);
    return misses.length > parts.world.people.length * MISS_SHARE;
  };
  const found = (person: Person | undefined): Answer => {
    if (person && parts.switches.standing(person.id).visible) return accepted({ userid: person.userid });
    misses.push(parts.now());
    return refused(46004);
  };
  const byMobile = (json: unknown): Answer => {
    const body = mobileSchema.safeParse(json);
    if (!body.success) return refused(40058);
    return blocked() ? refused(45009) : found(parts.world.people.find((person) => person.phone === body.data.mobile));
  };
  const byEmail = (json: unknown): Answer => {
    const body = emailSchema.safeParse(json);
    if (!body.success) return refused(40058);
    return blocked()
      ? refused(45009)
      : found(parts.world.people.find((person) => emailOf(parts, person) === body.data.email.toLowerCase()));
  };
  const post = (run: (json: unknown) => Answer): WireApi => ({ method: 'POST', token: 'app', run: ({ json }) => run(json) });
  return {
    apis: {
      'user/getuserid': post(byMobile),
      'user/get_userid_by_email': post(byEmail),
      'batch/openuserid_to_userid': post((json) => converted(parts, json)),
    },
    wipe: () => {
      misses = [];
    },
  };
}

/** A person's address in the invented enterprise. */
export function emailOf({ world }: Pick<CorpParts, 'world'>, person: Person): string {
  return `${person.userid.toLowerCase()}@${world.keys.tenant}.example.gov.cn`;
}

/** Plain userids and people out of sight come back as invalid. */
function converted(parts: CorpParts, json: unknown): Answer {
  const body = openSchema.safeParse(json);
  if (!body.success) return refused(40058);
  const ids = body.data.open_userid_list;
  if (ids.length < 1 || ids.length > MAX_IDS) return refused(40032);
  const person = (id: string) => {
    const found = parts.world.personByOpenUserid(id);
    return found && parts.switches.standing(found.id).visible ? found : undefined;
  };
  return accepted({
    userid_list: ids.flatMap((id) => {
      const { userid } = person(id) ?? {};
      return userid === undefined ? [] : [{ open_userid: id, userid }];
    }),
    invalid_open_userid_list: ids.filter((id) => !person(id)),
  });
}
