/** Interactive cards: made and delivered in one call, changed in place for the one who pressed (dossier 3.7). */
import { z } from 'zod';
import type { SendResult } from '../../../ports/platform';
import { type CardPlace, cardId } from '../cardId';
import type { CardParams } from '../encode/card';
import type { Call } from '../frozen';
import { referenceOf } from '../reference';
import { cardCallback } from '../settings';
import { type ChannelParts, saidOf } from './parts';

const Delivered = z.looseObject({
  result: z.looseObject({
    deliverResults: z
      .array(
        z.looseObject({
          success: z.boolean().catch(false),
          errorMsg: z.string().catch(''),
          carrierId: z.string().optional().catch(undefined),
        }),
      )
      .catch([]),
  }),
});

/** One card in one place. */
export interface CardTo {
  readonly kind: CardPlace;
  readonly address: string;
  readonly urgent: boolean;
}

/**
 * Delivers the card under an id made from the dispatch, so that a repeat of the call is the same card. A yes whose delivery failed is a
 * refusal: the card exists and nobody sees it.
 */
export async function deliverCard(
  parts: ChannelParts,
  card: NonNullable<Call['card']>,
  key: string,
  { kind, address, urgent }: CardTo,
  stop: AbortSignal,
): Promise<SendResult> {
  const { binding, paced, features } = parts;
  const body = {
    cardTemplateId: binding.cardTemplateId ?? '',
    outTrackId: cardId(key, card.at, kind),
    ...cardCallback(binding),
    userIdType: 1,
    cardData: { cardParamMap: card.params },
    ...(kind === 'group' ? groupSpace(address, card, binding.robotCode) : singleSpace(address, card, binding.robotCode)),
  };
  const channel = `dingtalk.card.${kind}`;
  const said = saidOf(
    await paced({ host: 'now', path: 'v1.0/card/instances/createAndDeliver', body, urgent }, stop),
    parts,
    channel,
    ({ code }) => features.lacks('cards', code),
  );
  if (said.is === 'end') return said.result;
  const delivered = Delivered.safeParse(said.body);
  const [first] = delivered.success ? delivered.data.result.deliverResults : [];
  if (first === undefined) return { is: 'unknown', what: 'card_unreadable' };
  if (!first.success) {
    parts.deps.log.error({ channel, said: first.errorMsg.slice(0, 300) }, 'dingtalk: a card was made but not delivered');
    return { is: 'refused', code: 'card_not_delivered', fault: 'capability' };
  }
  return {
    is: 'accepted',
    handle: body.outTrackId,
    ...(first.carrierId === undefined ? {} : { ref: referenceOf({ to: address, people: 1, key: first.carrierId }) }),
  };
}

/** Only the values given change, and only for this person. */
export async function updateCard(
  parts: ChannelParts,
  pressed: { readonly outTrackId: string; readonly userid: string },
  params: CardParams,
  stop: AbortSignal,
): Promise<SendResult> {
  const body = {
    outTrackId: pressed.outTrackId,
    userIdType: 1,
    privateData: { [pressed.userid]: { cardParamMap: params } },
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
  };
  const reading = await parts.paced({ host: 'now', path: 'v1.0/card/instances', method: 'PUT', body, urgent: true }, stop);
  const said = saidOf(reading, parts, 'dingtalk.card.update');
  return said.is === 'end' ? said.result : { is: 'accepted' };
}

function groupSpace(address: string, { notice, calls }: NonNullable<Call['card']>, robotCode: string) {
  return {
    openSpaceId: `dtv1.card//IM_GROUP.${address}`,
    imGroupOpenSpaceModel: notice,
    imGroupOpenDeliverModel: { robotCode, ...(Object.keys(calls).length === 0 ? {} : { atUserIds: calls }) },
  };
}

function singleSpace(address: string, { notice }: NonNullable<Call['card']>, robotCode: string) {
  return {
    openSpaceId: `dtv1.card//IM_ROBOT.${address}`,
    imRobotOpenSpaceModel: notice,
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
  };
}
