/** What the channels of one tenant share. */
import type { SendResult } from '../../../ports/platform';
import type { Papers } from '../../wire/papers';
import type { Fault, Reading } from '../answer';
import type { createAsking } from '../asking';
import { type Failed, resultOfFault } from '../codes';
import type { Paced } from '../paced';
import type { DingParts } from '../parts';
import { cardCallback } from '../settings';

export interface ChannelParts extends DingParts {
  readonly paced: Paced;
  readonly papers: Papers;
  readonly asking: ReturnType<typeof createAsking>;
}

export const NOT_THAWED: SendResult = { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
export const NO_ACCOUNT: SendResult = { is: 'refused', code: 'no_account', fault: 'receiver' };
export const NO_RECALL: SendResult = { is: 'refused', code: 'no_recall', fault: 'capability' };
/** One call went to several people; taking it back would take it from all of them. */
export const SHARED: SendResult = { is: 'refused', code: 'sent_in_batch', fault: 'capability' };

/** Can this organisation be sent something to press? False from the moment on when the platform says that it has no cards. */
export function hasCards({ binding, features }: Pick<ChannelParts, 'binding' | 'features'>): boolean {
  return cardCallback(binding) !== null && features.may('cards');
}

/** A yes with its fields, or how the sending ended. */
export type Said =
  | { readonly is: 'yes'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly is: 'end'; readonly result: Failed };

/** What an answer means for a sending over this channel; `heard` is told of a refusal before it is judged. */
export function saidOf(
  reading: Reading,
  { deps }: Pick<ChannelParts, 'deps'>,
  channel: string,
  heard: (fault: Fault) => void = () => undefined,
): Said {
  if (reading.is === 'answer') return { is: 'yes', body: reading.body };
  if (reading.is === 'fault') {
    heard(reading.fault);
    return { is: 'end', result: resultOfFault(reading.fault, { channel, log: deps.log }) };
  }
  // A call without an answer of its own never ends with a yes.
  return reading.result.is === 'accepted'
    ? { is: 'end', result: { is: 'unknown', what: 'accepted' } }
    : { is: 'end', result: reading.result };
}

/** Can the same words go another way after this end? Not when they may have been shown, and not when the whole tenant has to wait. */
export function mayGoOn(result: SendResult): boolean {
  return result.is === 'refused' || (result.is === 'road' && result.blocks === 'outlet');
}
