/** Interactive cards (dossier 3.7): made and delivered in one call or in two, changed in place, told of presses. */
import { z } from 'zod';
import type { DingParts } from '../parts';
import { denied, granted, type Reply } from '../replies';
import type { SentBook } from '../robot/sent';
import type { WireCall, WireTable } from '../wireApi';
import { type CardOrder, orderSchema, paramsOf, privateOf, type Space, spacesOf } from './orders';
import type { Card, Route, ShownCards } from './shown';
import type { Templates } from './templates';

const WRITE = 'Card.Instance.Write';
const STREAMING = 'Card.Streaming.Write';

const routeSchema = z.looseObject({ callbackRouteKey: z.string().min(1), callbackUrl: z.url(), apiSecret: z.string().optional() });
const streamingSchema = z.looseObject({
  outTrackId: z.string().min(1),
  guid: z.string().min(1),
  key: z.string().min(1),
  content: z.string(),
  isFull: z.boolean().default(false),
});

/** What cards need beside the shared parts. */
export interface CardParts extends DingParts {
  readonly templates: Templates;
  readonly shown: ShownCards;
  readonly sent: SentBook;
}

/** The card calls. */
export class Cards {
  private readonly routes = new Map<string, string>();

  constructor(private readonly parts: CardParts) {}

  apis(): WireTable {
    const entry = (name: string, run: (call: WireCall) => Reply, scope = WRITE) => ({ token: 'app' as const, scope, name, run });
    return {
      'POST v1.0/card/instances/createAndDeliver': entry('card/instances/createAndDeliver', ({ json }) => this.createAndDeliver(json)),
      'POST v1.0/card/instances': entry('card/instances/create', ({ json }) => this.create(json)),
      'POST v1.0/card/instances/deliver': entry('card/instances/deliver', ({ json }) => this.deliver(json)),
      'PUT v1.0/card/instances/spaces': entry('card/instances/spaces', ({ json }) => this.deliver(json)),
      'PUT v1.0/card/instances': entry('card/instances/update', ({ json }) => this.update(json)),
      'PUT v1.0/card/streaming': entry('card/streaming', ({ json }) => this.stream(json), STREAMING),
      'POST v1.0/card/callbacks/register': entry('card/callbacks/register', ({ json }) => this.register(json)),
    };
  }

  /** Where presses of such a route go. */
  urlOf(routeKey: string): string | undefined {
    return this.routes.get(routeKey);
  }

  wipe(): void {
    this.routes.clear();
  }

  /** The same track id again answers as the first time and shows nothing new. */
  private createAndDeliver(json: unknown): Reply {
    const order = orderSchema.safeParse(json);
    if (!order.success) return denied('param.empty');
    const card = this.made(order.data);
    return 'outTrackId' in card ? this.place(card, order.data, json) : card;
  }

  private create(json: unknown): Reply {
    const order = orderSchema.safeParse(json);
    if (!order.success) return denied('param.empty');
    const card = this.made(order.data);
    return 'outTrackId' in card ? granted({ success: true, result: card.outTrackId }) : card;
  }

  private deliver(json: unknown): Reply {
    const order = orderSchema.safeParse(json);
    const card = order.success ? this.parts.shown.find(order.data.outTrackId ?? '') : undefined;
    if (!order.success || !card) return denied('resource.not.found');
    return this.place(card, order.data, json);
  }

  private made(order: CardOrder): Card | Reply {
    if (!order.cardTemplateId) return denied('param.cardTemplateIdEmpty');
    if (!order.outTrackId) return denied('param.outTrackIdEmpty');
    const before = this.parts.shown.find(order.outTrackId);
    if (before) return before;
    const template = this.parts.templates.find(order.cardTemplateId);
    if (!template) return denied('template.not.existed');
    if (!order.cardData?.cardParamMap) return denied('param.cardPublicDataEmpty');
    const params = paramsOf(order.cardData);
    if (!params) return denied('invalidParameter', { message: 'cardParamMap的值必须是字符串' });
    const own = privateOf(this.parts.book, order);
    if (typeof own === 'string') return denied(own);
    const card = { outTrackId: order.outTrackId, template, route: routeOf(order), params, own: new Map(own), places: [] };
    this.parts.shown.put(card);
    return card;
  }

  /** One result for each space; a space that did not work stands there with `success: false`. */
  private place(card: Card, order: CardOrder, raw: unknown): Reply {
    const spaces = spacesOf(order.openSpaceId);
    if (spaces.length === 0) return denied('param.openSpaceIdInvalid');
    const lacking = spaces.find(({ type }) => !hasModels(order, type));
    if (lacking) return denied('param.openSpaceModelInvalid');
    const deliverResults = spaces.map((space) => this.placeIn(card, space, order, raw));
    return granted({ success: true, result: { outTrackId: card.outTrackId, deliverResults } });
  }

  private placeIn(card: Card, { type, id }: Space, order: CardOrder, raw: unknown): Record<string, unknown> {
    const { book, keys, switches, shown, sent } = this.parts;
    const about = { spaceType: type, spaceId: id };
    const before = card.places.find((place) => place.spaceId === id);
    if (before) return { ...about, carrierId: before.carrierId, success: true, errorMsg: '' };
    const failed = (errorMsg: string) => ({ ...about, carrierId: '', success: false, errorMsg });
    const deliver = type === 'IM_GROUP' ? order.imGroupOpenDeliverModel : order.imRobotOpenDeliverModel;
    if (deliver?.robotCode !== keys.robotCode) return failed('robotCode invalid');
    const group = type === 'IM_GROUP' ? book.group(id) : undefined;
    const account = type === 'IM_ROBOT' ? (order.userIdType === 2 ? book.unionid(id) : book.userid(id)) : undefined;
    if (!group && (!account || switches.standing(account.person.id).left)) return failed('spaceId invalid');
    if (group && !group.botIn) return failed('robot not in conversation');
    const room = group?.room.id ?? `dm:${account?.person.id}`;
    const audience = group ? this.audience(order, group.room.members) : { hiddenFrom: [], pinged: [] };
    const carrierOf = (messageId: string) => sent.note('card', group ? room : null, new Map([[account?.person.id ?? room, messageId]]));
    const where = { room, spaceId: id, hiddenFrom: audience.hiddenFrom };
    const { carrierId } = shown.show(card, where, { pinged: audience.pinged, raw, carrierOf });
    return { ...about, carrierId, success: true, errorMsg: '' };
  }

  /** Who does not see the card, and who is paged by it: those in `atUserIds`, members all. */
  private audience(order: CardOrder, members: readonly string[]): { hiddenFrom: readonly string[]; pinged: readonly string[] } {
    const { atUserIds = {}, recipients } = order.imGroupOpenDeliverModel ?? {};
    const personOf = (id: string) => (order.userIdType === 2 ? this.parts.book.unionid(id) : this.parts.book.userid(id))?.person.id;
    const seen = recipients?.length ? members.filter((member) => recipients.some((id) => personOf(id) === member)) : members;
    const named = Object.keys(atUserIds);
    const all = named.includes('@ALL');
    const pinged = seen.filter((member) => all || named.some((id) => personOf(id) === member));
    return { hiddenFrom: members.filter((member) => !seen.includes(member)), pinged };
  }

  private update(json: unknown): Reply {
    const order = orderSchema.safeParse(json);
    if (!order.success) return denied('param.empty');
    if (!order.data.outTrackId) return denied('param.outTrackIdEmpty');
    const card = this.parts.shown.find(order.data.outTrackId);
    if (!card) return denied('resource.not.found');
    const params = paramsOf(order.data.cardData);
    if (!params) return denied('invalidParameter', { message: 'cardParamMap的值必须是字符串' });
    const own = privateOf(this.parts.book, order.data);
    if (typeof own === 'string') return denied(own);
    const { updateCardDataByKey = false, updatePrivateDataByKey = false } = order.data.cardUpdateOptions ?? {};
    const given = order.data.cardData?.cardParamMap ? params : undefined;
    this.parts.shown.change(card, { params: given, byKey: updateCardDataByKey, own, ownByKey: updatePrivateDataByKey });
    return granted({ success: true, result: true });
  }

  private stream(json: unknown): Reply {
    const body = streamingSchema.safeParse(json);
    if (!body.success) return denied('param.empty');
    const card = this.parts.shown.find(body.data.outTrackId);
    if (!card) return denied('resource.not.found');
    const { key, content, isFull } = body.data;
    const text = isFull ? content : `${card.params[key] ?? ''}${content}`;
    this.parts.shown.change(card, { params: { [key]: text }, byKey: true, own: new Map(), ownByKey: true });
    return granted({ success: true, result: true });
  }

  private register(json: unknown): Reply {
    const body = routeSchema.safeParse(json);
    if (!body.success) return denied('param.empty');
    this.routes.set(body.data.callbackRouteKey, body.data.callbackUrl);
    return granted({ success: true, result: { callbackUrl: body.data.callbackUrl, apiSecret: body.data.apiSecret ?? '' } });
  }
}

function routeOf({ callbackType, callbackRouteKey }: CardOrder): Route {
  if (callbackType === 'STREAM') return { kind: 'stream' };
  return callbackType === 'HTTP' && callbackRouteKey ? { kind: 'http', routeKey: callbackRouteKey } : { kind: 'none' };
}

function hasModels(order: CardOrder, type: string): boolean {
  if (type === 'IM_GROUP') return order.imGroupOpenDeliverModel !== undefined && order.imGroupOpenSpaceModel !== undefined;
  return type === 'IM_ROBOT' && order.imRobotOpenDeliverModel !== undefined;
}
