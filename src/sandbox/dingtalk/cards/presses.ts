/** Presses on cards (dossier 3.7): told once, over one random connection or to the registered address; the answer may change the card. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isLoopbackUrl } from '../../loopback';
import type { Person, Room } from '../../world';
import { parsedJson } from '../http';
import type { DingParts } from '../parts';
import { dataOf } from '../stream/frames';
import type { Pushes } from '../stream/pushes';
import type { CardButton, Params } from './face';
import { paramsOf } from './orders';
import type { Card, ShownCards } from './shown';

const TOPIC = '/v1.0/card/instances/callback';
const params = z.looseObject({ cardParamMap: z.record(z.string(), z.unknown()).optional() });

const answerSchema = z.looseObject({
  cardUpdateOptions: z
    .looseObject({ updateCardDataByKey: z.boolean().optional(), updatePrivateDataByKey: z.boolean().optional() })
    .optional(),
  cardData: params.optional(),
  userPrivateData: params.optional(),
  privateData: z.record(z.string(), params).optional(),
});

/** Who pressed what, where, and what the form held. */
export interface Press {
  readonly card: Card;
  readonly room: Room;
  readonly person: Person;
  readonly button: CardButton;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** What presses need beside the shared parts. */
export interface PressParts extends DingParts {
  readonly shown: ShownCards;
  readonly pushes: Pushes;
  readonly urlOf: (routeKey: string) => string | undefined;
}

/** Tells presses and applies what comes back in time. Answers an id for the press. */
export class Presses {
  constructor(private readonly parts: PressParts) {}

  press(press: Press): string {
    const data = this.dataOf(press);
    const { route } = press.card;
    if (route.kind === 'stream') void this.overStream(press, data);
    if (route.kind === 'http') void this.overHttp(press, data, this.parts.urlOf(route.routeKey));
    return randomUUID();
  }

  private dataOf({ card, room, person, button, values }: Press): Record<string, unknown> {
    const { book, keys } = this.parts;
    const form = Object.fromEntries(Object.entries(values).map(([name, chosen]) => [name, chosen.length === 1 ? chosen[0] : chosen]));
    const content = JSON.stringify({ cardPrivateData: { actionIds: [button.key], params: { ...button.params, ...form } } });
    return {
      type: 'actionCallback',
      outTrackId: card.outTrackId,
      userId: book.account(person.id).userid,
      userIdType: 1,
      corpId: keys.corpId,
      spaceType: 'im',
      spaceId: book.conversation(room).openConversationId,
      extension: '{}',
      content,
      value: content,
    };
  }

  private async overStream(press: Press, data: Record<string, unknown>): Promise<void> {
    const answer = await this.parts.pushes.deliver({
      api: 'stream/card',
      type: 'CALLBACK',
      topic: TOPIC,
      data: JSON.stringify(data),
      room: press.room.id,
      repeats: 0,
      waitMs: this.parts.times.cardAnswerMs,
      settled: () => true,
    });
    if (answer?.code === 200) this.apply(press, dataOf(answer).response);
  }

  private async overHttp(press: Press, data: Record<string, unknown>, url: string | undefined): Promise<void> {
    if (url === undefined || !isLoopbackUrl(url)) return;
    const fault = this.parts.faults.take('callback/card');
    const text = fault?.drop ? null : await this.post(url, data);
    const about = { api: 'callback/card', direction: 'toBot' as const, room: press.room.id, request: { url, body: data } };
    this.parts.calls.note({ ...about, answer: text === null ? 'unanswered' : text.slice(0, 2000), ...(fault ? { fault } : {}) });
    if (text !== null) this.apply(press, parsedJson(text));
  }

  private async post(url: string, data: unknown): Promise<string | null> {
    try {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(data),
        redirect: 'manual' as const,
      };
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(this.parts.times.cardAnswerMs) });
      return answer.status === 200 ? await answer.text() : null;
    } catch {
      return null;
    }
  }

  /** Common variables for all, private ones for the presser, in either of the two spellings in use. */
  private apply({ card, person }: Press, raw: unknown): void {
    const answer = answerSchema.safeParse(raw);
    if (!answer.success) return;
    const { cardData, userPrivateData, privateData = {}, cardUpdateOptions = {} } = answer.data;
    const common = cardData?.cardParamMap ? paramsOf(cardData) : undefined;
    const own = new Map<string, Params>();
    const mine = userPrivateData?.cardParamMap ? paramsOf(userPrivateData) : null;
    if (mine) own.set(person.id, mine);
    for (const [userid, entry] of Object.entries(privateData)) {
      const [account, theirs] = [this.parts.book.userid(userid), paramsOf(entry)];
      if (account && theirs) own.set(account.person.id, theirs);
    }
    if (common === null || (common === undefined && own.size === 0)) return;
    const { updateCardDataByKey: byKey = false, updatePrivateDataByKey: ownByKey = false } = cardUpdateOptions;
    this.parts.shown.change(card, { params: common, byKey, own, ownByKey });
  }
}
