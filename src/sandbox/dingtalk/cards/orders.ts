/** What card calls may say (dossier 3.7), and what is wrong when they say something else. */
import { z } from 'zod';
import type { Book } from '../book';
import type { NewCode } from '../reasons';
import type { Params } from './face';

const params = z.looseObject({ cardParamMap: z.record(z.string(), z.unknown()).optional() });
const model = z.looseObject({});

/** Body of createAndDeliver, of its two halves and of an update. */
export const orderSchema = z.looseObject({
  cardTemplateId: z.string().optional(),
  outTrackId: z.string().optional(),
  callbackType: z.enum(['STREAM', 'HTTP']).optional(),
  callbackRouteKey: z.string().optional(),
  userIdType: z.union([z.literal(1), z.literal(2)]).default(1),
  cardData: params.optional(),
  privateData: z.record(z.string(), params).optional(),
  openSpaceId: z.string().optional(),
  imGroupOpenSpaceModel: model.optional(),
  imRobotOpenSpaceModel: model.optional(),
  imGroupOpenDeliverModel: z
    .looseObject({
      robotCode: z.string().optional(),
      atUserIds: z.record(z.string(), z.string()).optional(),
      recipients: z.array(z.string()).optional(),
    })
    .optional(),
  imRobotOpenDeliverModel: z.looseObject({ spaceType: z.string().optional(), robotCode: z.string().optional() }).optional(),
  cardUpdateOptions: z
    .looseObject({ updateCardDataByKey: z.boolean().optional(), updatePrivateDataByKey: z.boolean().optional() })
    .optional(),
});

/** A card call as received. */
export type CardOrder = z.output<typeof orderSchema>;

/** One space out of `dtv1.card//IM_GROUP.cid…;IM_ROBOT.userid`. */
export interface Space {
  readonly type: string;
  readonly id: string;
}

/** The spaces named; empty when the text is none. */
export function spacesOf(openSpaceId: string | undefined): readonly Space[] {
  const list = /^dtv1\.card\/\/(.+)$/.exec(openSpaceId ?? '')?.[1]?.split(';') ?? [];
  return list.flatMap((entry) => {
    const dot = entry.indexOf('.');
    return dot > 0 && dot < entry.length - 1 ? [{ type: entry.slice(0, dot).toUpperCase(), id: entry.slice(dot + 1) }] : [];
  });
}

/** Variables, all text; null when one of them is something else. */
export function paramsOf(raw: z.output<typeof params> | undefined): Params | null {
  const entries = Object.entries(raw?.cardParamMap ?? {});
  return entries.every(([, value]) => typeof value === 'string') ? (Object.fromEntries(entries) as Params) : null;
}

/** Single people's variables by person id, or the code that refuses them. */
export function privateOf(book: Book, order: Pick<CardOrder, 'privateData' | 'userIdType'>): ReadonlyMap<string, Params> | NewCode {
  const own = new Map<string, Params>();
  for (const [id, raw] of Object.entries(order.privateData ?? {})) {
    const account = order.userIdType === 2 ? book.unionid(id) : book.userid(id);
    const mine = paramsOf(raw);
    if (!account) return 'param.userIdNotExist';
    if (!mine) return 'invalidParameter';
    own.set(account.person.id, mine);
  }
  return own;
}
