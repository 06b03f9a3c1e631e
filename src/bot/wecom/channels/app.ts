/** Private messages of the self-built app: reaches one person, repeats are suppressed by the platform (dossier 5.2, 5.3). */
import type { Cleared } from '../../../core/privacy/clear';
import type { Address, Channel, SendResult } from '../../../ports/platform';
import type { AdapterDeps } from '../../wire/deps';
import { answerLines } from '../../wire/lines';
import { type Papers, safeName } from '../../wire/papers';
import { paperWords } from '../../wire/paperWords';
import { worded } from '../../wire/worded';
import type { Accounts } from '../accounts';
import type { AppApi } from '../appApi';
import { type Call, freeze, messageOf, thaw, withUpdate } from '../call';
import { APP_CARD, besideText, buttonCards, fitsCard, pressedLabel, taskIdOf } from '../encode/card';
import { dressedForApp, isPage } from '../encode/dress';
import { textParts } from '../encode/text';
import type { Features } from '../features';
import { plainInstead } from '../plain';
import { resultOfCode } from '../results';
import type { WecomBinding } from '../settings';
import { uploadToApp } from '../upload';

const APP = 'wecom.app';
type Body = Readonly<Record<string, unknown>>;

/** Long enough for a repeat after an unknown end, short enough for the same answer to the same question asked again. */
const SAME_BODY_SECONDS = 120;

/** What everything that speaks through the self-built app shares. */
export interface AppParts {
  readonly binding: WecomBinding;
  readonly accounts: Accounts;
  readonly deps: AdapterDeps;
  readonly features: Features;
  readonly papers: Papers;
  readonly api: AppApi;
}

/** Address: the person id. A repeat of the same bytes within two minutes is shown once. */
export function createApp(parts: AppParts): Channel {
  const { accounts, features, deps } = parts;
  return {
    id: APP,
    via: 'http',
    pages: false,
    idempotent: { by: 'body', forMs: SAME_BODY_SECONDS * 1000 },
    limits: [
      { perMs: 60_000, max: 30, reserve: 5 },
      { perMs: 3_600_000, max: 1000, reserve: 5 },
    ],
    split: (message, to) => callsOf(message, to, features.may('app.cards')).map(freeze),
    dress: (message, face, to) =>
      (dressedForApp(message, face, features) ?? callsOf(worded(message, face, isPage), to, features.may('app.cards'))).map(freeze),
    attach: (paper) =>
      features.may('app.files') && deps.papers !== undefined
        ? freeze({ paper: { ...paper, name: safeName(paper.name) } })
        : freeze({ message: textBody(paperWords(paper.name)) }),
    async send(frozen, to, key, stop) {
      const call = thaw(frozen);
      const userid = accounts.useridOf(to.address);
      if (call === null) return { is: 'refused', code: 'frozen_unreadable', fault: 'content' };
      if (userid === null) return { is: 'refused', code: 'no_account', fault: 'receiver' };
      const post = (body: Body) => send(parts, body, userid, stop);
      if (call.paper !== undefined) return sendPaper(parts, call.paper, post, stop);
      const updated = await update(parts, call, { userid, responseCode: responseCodeOf(to) }, stop);
      const message = messageOf(call, (card) => taskIdOf(key, card));
      if (message === null) return updated?.is === 'road' ? updated : { is: 'accepted' };
      const result = updated ?? (await post(message));
      return plainInstead(call, result, (code) => features.lacks('app.cards', code), post);
    },
    recall: (ref, stop) => recall(parts, ref, stop),
  };
}

function send({ binding, api }: AppParts, message: Body, userid: string, stop: AbortSignal): Promise<SendResult> {
  const once = { enable_duplicate_check: 1, duplicate_check_interval: SAME_BODY_SECONDS };
  return api.post('message/send', { touser: userid, agentid: binding.agentId, ...message, ...once }, userid, stop);
}

async function sendPaper(
  { papers, api, deps, features }: AppParts,
  paper: NonNullable<Call['paper']>,
  post: (body: Body) => Promise<SendResult>,
  stop: AbortSignal,
): Promise<SendResult> {
  const way = {
    scope: 'app',
    upload: (name: string, bytes: Buffer) => uploadToApp(api, name, bytes, deps.log),
    post: (id: string) => post({ msgtype: 'file', file: { media_id: id } }),
  };
  const result = await papers.send(paper, way, stop);
  const isMissing = result.is === 'refused' && features.lacks('app.files', result.code);
  return isMissing ? post(textBody(paperWords(paper.name))) : result;
}

/** Within 24 h of sending (dossier 5.4). */
async function recall({ api, features, deps }: AppParts, ref: string, stop: AbortSignal): Promise<SendResult> {
  if (!features.may('app.recall')) return { is: 'refused', code: 'no_recall', fault: 'capability' };
  const reading = await api.call('message/recall', { body: JSON.stringify({ msgid: ref }) }, stop);
  const { errcode, errmsg } = reading.is === 'answer' ? reading.answer : { errcode: 0, errmsg: '' };
  const end: SendResult = reading.is === 'end' ? reading.result : resultOfCode(errcode, errmsg, { channel: APP, log: deps.log });
  if (end.is === 'refused' && features.lacks('app.recall', end.code)) return { ...end, fault: 'capability' };
  return end;
}

function textBody(content: string): Body {
  return { msgtype: 'text', text: { content } };
}

function callsOf(message: Cleared, to: Address, cards: boolean): readonly Call[] {
  const calls = plainCalls(message, cards);
  if (message.pressed === undefined || responseCodeOf(to) === null) return calls;
  const showsAll = message.lines.length === 0 && message.buttons.length === 0;
  return withUpdate({ button: { replace_name: pressedLabel(message) } }, showsAll, calls);
}

function plainCalls(message: Cleared, cards: boolean): readonly Call[] {
  const isAlone = cards && message.buttons.length > 0 && fitsCard(message, APP_CARD);
  const asCards = cards ? buttonCards(isAlone ? message : besideText(message), APP_CARD) : [];
  const texts = isAlone ? [] : textParts(message, asCards.length === 0);
  const plain = isAlone ? textParts(message, true) : [answerLines(message).join('\n')];
  return [
    ...texts.map((content) => ({ message: textBody(content) })),
    ...asCards.map((card, at) => ({
      message: { msgtype: 'template_card', template_card: card },
      card: at + 1,
      plain: at === 0 ? plain.map(textBody) : [],
    })),
  ];
}

/** Greys the pressed card's buttons; null when that is not asked, or not possible (any more), and the message has to be sent instead. */
async function update(
  { api, binding }: AppParts,
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
