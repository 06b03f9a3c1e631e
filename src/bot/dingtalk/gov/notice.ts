/** One work notice to one or many people; a repeat under the same name is recognised by the platform (dossier 6.4). */
import { z } from 'zod';
import type { PersonId } from '../../../core/roster/roster';
import type { SendResult } from '../../../ports/platform';
import { road } from '../../wire/ends';
import { meaningOf } from './codes';
import { textBody } from './encode';
import { endOf, type GovParts } from './parts';
import { chinaTime } from './sign';

/** Who is told what; `key` names the notice. */
export interface Notice {
  readonly people: readonly PersonId[];
  readonly words: string;
  readonly key: string;
}

/** The time of the day in `2026-01-02T03:04:05.678+08:00`. */
const TIME_OF_DAY = [11, 19] as const;
const Sent = z.looseObject({ msgId: z.union([z.string(), z.number()]).optional() });

/** The same words reach a person once a day only, so each notice bears its own time. */
export function stampOf({ deps }: Pick<GovParts, 'deps'>): string {
  return `（${chinaTime(deps.clock.now()).slice(...TIME_OF_DAY)}）`;
}

/** `except`: people without an account; with none left the receiver is refused. Never throws. */
export async function sendNotice(parts: GovParts, { people, words, key }: Notice, stop: AbortSignal): Promise<SendResult> {
  const accounts: string[] = [];
  const except: PersonId[] = [];
  for (const person of people) {
    const account = await parts.accounts.accountIdOf(person, stop);
    if (account.is === 'found') accounts.push(account.value);
    else if (account.is === 'nobody') except.push(person);
    // Nothing was sent yet, so a lost answer about the account is a fault of the road.
    else return account.is === 'unknown' ? road('account_unread') : account;
  }
  if (except.length > 0) parts.deps.log.error({ people: except }, 'govding: people without an account cannot be reached');
  if (accounts.length === 0) return { is: 'refused', code: 'no_account', fault: 'receiver' };
  const fields = [
    ['tenantId', parts.binding.tenantId],
    ['receiverIds', accounts.join(',')],
    ['bizMsgId', key],
    ['msg', textBody(words)],
  ] as const;
  const reading = await parts.api({ path: '/message/workNotification', fields }, stop);
  const told = { is: 'accepted', ref: key, ...(except.length === 0 ? {} : { except }) } as const;
  if (reading.is === 'denied' && meaningOf(reading) === 'repeat') return told;
  if (reading.is !== 'done') return endOf(parts, 'govding.work', 'work', reading);
  return Sent.safeParse(reading.data).success ? told : { is: 'unknown', what: 'answer_unreadable' };
}
