/** Private messages of the self-built app: reaches one person, repeats are suppressed by the platform (dossier 5.2, 5.3). */
import type { Cleared } from '../../../core/privacy/clear';
import type { Address, Channel, SendResult } from '../../../ports/platform';
import type { Accounts } from '../accounts';
import type { AppApi } from '../appApi';
import { type Call, freeze, messageOf, thaw, withUpdate } from '../call';
import { APP_CARD, buttonCards, fitsCard, pressedLabel, taskIdOf } from '../encode/card';
import { textParts } from '../encode/text';
import { may, type WecomBinding } from '../settings';

/** Long enough for a repeat after an unknown end, short enough for the same answer to the same question asked again. */
const SAME_BODY_SECONDS = 120;

/** Address: the person id. A repeat of the same bytes within two minutes is shown once. */
export function createApp(binding: WecomBinding, accounts: Accounts, api: AppApi): Channel {
  return {
    id: 'wecom.app',
    via: 'http',
    pages: false,
    idempotent: { by: 'body', forMs: SAME_BODY_SECONDS * 1000 },
    limits: [
      { perMs: 60_000, max: 30, reserve: 5 },
      { perMs: 3_600_000, max: 1000, reserve: 5 },
    ],
    split: (message, to) => callsOf(message, to, may(binding, 'app.cards')).map(freeze),
    async send(frozen, to, key, stop) {
      const call = thaw(frozen);
      const userid = accounts.useridOf(to.address);
      if (call === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      if (userid === null) return { is: 'refused', code: 'no_account', fault: 'receiver' };
      const updated = await update(api, binding, call, { userid, responseCode: responseCodeOf(to) }, stop);
      const message = messageOf(call, (card) => taskIdOf(key, card));
      if (message === null) return updated?.is === 'road' ? updated : { is: 'accepted' };
      if (updated !== null) return updated;
      const body = {
        touser: userid,
        agentid: binding.agentId,
        ...message,
        enable_duplicate_check: 1,
        duplicate_check_interval: SAME_BODY_SECONDS,
      };
      return api.post('message/send', body, userid, stop);
    },
  };
}

function callsOf(message: Cleared, to: Address, cards: boolean): readonly Call[] {
  const calls = plainCalls(message, cards);
  if (message.pressed === undefined || responseCodeOf(to) === null) return calls;
  const showsAll = message.lines.length === 0 && message.buttons.length === 0;
  return withUpdate({ button: { replace_name: pressedLabel(message) } }, showsAll, calls);
}

function plainCalls(message: Cleared, cards: boolean): readonly Call[] {
  const asCards = cards ? buttonCards(message, APP_CARD) : [];
  const texts = asCards.length > 0 && fitsCard(message, APP_CARD) ? [] : textParts(message, asCards.length === 0);
  return [
    ...texts.map((content) => ({ message: { msgtype: 'text', text: { content } } })),
    ...asCards.map((card, at) => ({ message: { msgtype: 'template_card', template_card: card }, card: at + 1 })),
  ];
}

/** Greys the pressed card's buttons; null when that is not asked, or not possible (any more), and the message has to be sent instead. */
async function update(
  api: AppApi,
  binding: WecomBinding,
  call: Call,
  pressed: { readonly userid: string; readonly responseCode: string | null },
  stop: AbortSignal,
): Promise<SendResult | null> {
  if (call.update === undefined || pressed.responseCode === null) return null;
  const body = { userids: [pressed.userid], agentid: binding.agentId, response_code: pressed.responseCode, ...call.update };
  const result = await api.post('message/update_template_card', body, pressed.userid, stop);
  return result.is === 'refused' && result.fault !== 'permission' ? null : result;
}

function responseCodeOf(to: Address): string | null {
  return to.ticket?.kind === 'app_card' ? (to.ticket.responseCode ?? null) : null;
}
