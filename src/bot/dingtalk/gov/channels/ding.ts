/** DING, the platform's strong reminder: in the app or as a short message; one that rings a telephone is not known (dossier 6.4, 6.5). */
import type { LadderPort } from '../../../../core/plans/profileSchema';
import type { Channel, SendResult } from '../../../../ports/platform';
import { road } from '../../../wire/ends';
import { spoken } from '../encode';
import { endOf, type GovParts } from '../parts';
import { freeze, thaw } from '../piece';
import type { Capability } from '../settings';

/** One way of reminding, and the port of the ladder that it serves. */
interface Kind {
  readonly id: string;
  readonly notifyType: 'app' | 'sms';
  readonly serves: LadderPort;
  readonly needs: Extract<Capability, 'ding' | 'ding.sms'>;
}

const KINDS: readonly Kind[] = [
  { id: 'govding.ding', notifyType: 'app', serves: 'strong_reminder', needs: 'ding' },
  { id: 'govding.ding.sms', notifyType: 'sms', serves: 'sms', needs: 'ding.sms' },
];

/** The kinds this tenant has; none without an account in whose name they go out. */
export function createDings(parts: GovParts): readonly Channel[] {
  return kindsOf(parts).map((kind) => createDing(parts, kind));
}

/** Which of them serves which port of the ladder. */
export function dingServes(parts: GovParts): Readonly<Partial<Record<LadderPort, string>>> {
  return Object.fromEntries(kindsOf(parts).map(({ serves, id }) => [serves, id]));
}

function kindsOf({ binding, features }: GovParts): readonly Kind[] {
  return binding.senderAccountId === undefined ? [] : KINDS.filter(({ needs }) => features.may(needs));
}

/** Address: the person id. A repeat rings again. */
function createDing(parts: GovParts, { id, notifyType, needs }: Kind): Channel {
  const { binding, accounts, api, features } = parts;
  return {
    id,
    via: 'http',
    pages: true,
    idempotent: null,
    limits: [{ perMs: 60_000, max: 4, reserve: 0 }],
    split: (message) => [freeze({ say: spoken(message) })],
    async send(frozen, to, _key, stop): Promise<SendResult> {
      const piece = thaw(frozen);
      if (piece === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      if (!features.may(needs)) return { is: 'refused', code: 'switched_off', fault: 'capability' };
      const account = await accounts.accountIdOf(to.address, stop);
      if (account.is === 'nobody') return { is: 'refused', code: 'no_account', fault: 'receiver' };
      if (account.is === 'unknown') return road('account_unread');
      if (account.is !== 'found') return account;
      const fields = [
        ['creator', JSON.stringify({ accountId: binding.senderAccountId })],
        ['receivers', JSON.stringify([{ accountId: account.value }])],
        ['notifyType', notifyType],
        ['bodyType', 'text'],
        ['textType', 'plaintext'],
        ['body', JSON.stringify({ text: piece.say })],
        ['tenantId', binding.tenantId],
      ] as const;
      const reading = await api({ path: '/gov/ding/isv/send.json', fields }, stop);
      return reading.is === 'done' ? { is: 'accepted' } : endOf(parts, id, needs, reading);
    },
  };
}
