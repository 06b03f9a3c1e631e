/** The checks that the platform makes before it shows a card (dossier 2.7, 5.2, section 7). Character counts are advice and not checked. */
import { byteLength } from '../text';
import { type CardSender, cardSchema, isInteractive, type TemplateCard } from './card';
import { buttonFault, checkboxFault, selectionFault, selectListFault, submitFault } from './inputChecks';

/** A card that may be shown, or the code of its refusal. */
export type CardReading = { readonly card: TemplateCard; readonly errcode: 0 } | { readonly card: null; readonly errcode: number };

/** Says whether a media id can be used in an attachment row; for senders without attachments nothing can. */
export type MediaKnown = (mediaId: string) => boolean;

type Check = (card: TemplateCard, sender: CardSender, mediaKnown: MediaKnown) => number;

const WITH_ROWS = ['text_notice', 'news_notice', 'button_interaction'];
const WITH_ACTION = ['text_notice', 'news_notice'];
const CHECKS: readonly Check[] = [
  typeFault,
  titleFault,
  actionFault,
  quoteFault,
  pictureFault,
  horizontalFault,
  verticalFault,
  jumpFault,
  menuFault,
  taskFault,
  buttonFault,
  selectionFault,
  checkboxFault,
  selectListFault,
  submitFault,
];

/** Reads and checks a card. Robots and webhooks get the general 40058 where an app gets the code of the field. */
export function readCard(raw: unknown, sender: CardSender, mediaKnown: MediaKnown = () => false): CardReading {
  const parsed = cardSchema.safeParse(raw);
  if (!parsed.success) return { card: null, errcode: 40058 };
  const errcode = CHECKS.reduce((found, check) => found || check(parsed.data, sender, mediaKnown), 0);
  if (errcode === 0) return { card: parsed.data, errcode: 0 };
  return { card: null, errcode: sender === 'app' || errcode === 40007 ? errcode : 40058 };
}

function typeFault(card: TemplateCard, sender: CardSender): number {
  const all = [...WITH_ROWS, 'vote_interaction', 'multiple_interaction'];
  return (sender === 'webhook' ? WITH_ACTION : all).includes(card.card_type) ? 0 : 42031;
}

/** Types with a second title may do with that. */
function titleFault(card: TemplateCard): number {
  const second = card.card_type === 'text_notice' || card.card_type === 'button_interaction' ? card.sub_title_text : undefined;
  return card.main_title?.title || second ? 0 : 42033;
}

function actionFault(card: TemplateCard): number {
  const action = card.card_action;
  if (WITH_ACTION.includes(card.card_type) && action?.type !== 1 && action?.type !== 2) return 42045;
  if (action?.type !== undefined && ![0, 1, 2].includes(action.type)) return 42045;
  return action && WITH_ROWS.includes(card.card_type) ? linkFault(action) : 0;
}

function quoteFault(card: TemplateCard): number {
  return card.quote_area ? linkFault(card.quote_area) : 0;
}

function pictureFault(card: TemplateCard): number {
  if (card.card_type !== 'news_notice') return 0;
  const { card_image: image, image_text_area: area } = card;
  if (!image?.url && !area?.image_url) return 42044;
  const ratio = image?.aspect_ratio ?? 1.3;
  if (ratio < 1.3 || ratio >= 2.25) return 40058;
  return area ? linkFault(area) : 0;
}

function horizontalFault(card: TemplateCard, sender: CardSender, mediaKnown: MediaKnown): number {
  const rows = card.horizontal_content_list ?? [];
  if (rows.length > 6) return 42035;
  for (const row of rows) {
    if (![undefined, 0, 1, 2, 3].includes(row.type) || (row.type === 2 && sender === 'robot')) return 40058;
    if (!row.keyname) return 42027;
    if (row.type === 1 && !row.url) return 42028;
    if (row.type === 2 && !row.media_id) return 42029;
    if (row.type === 2 && !mediaKnown(row.media_id ?? '')) return 40007;
    if (row.type === 3 && !row.userid) return 42050;
  }
  return 0;
}

function verticalFault(card: TemplateCard): number {
  const rows = card.card_type === 'news_notice' ? (card.vertical_content_list ?? []) : [];
  if (rows.length > 4) return 42036;
  return rows.some((row) => !row.title) ? 42033 : 0;
}

/** Robots may ask a question in a jump, the others may not. */
function jumpFault(card: TemplateCard, sender: CardSender): number {
  const jumps = WITH_ACTION.includes(card.card_type) ? (card.jump_list ?? []) : [];
  if (jumps.length > 3) return 42042;
  for (const jump of jumps) {
    const asks = jump.type === 3 && sender === 'robot';
    if (!asks && ![undefined, 0, 1, 2].includes(jump.type)) return 40058;
    if (!jump.title) return 42033;
    if (asks && (!jump.question || byteLength(jump.question) > 200)) return 40058;
    if (linkFault(jump) !== 0) return linkFault(jump);
  }
  return 0;
}

function menuFault(card: TemplateCard, sender: CardSender): number {
  if (!card.action_menu) return 0;
  if (sender === 'webhook' || !WITH_ROWS.includes(card.card_type)) return 40058;
  const actions = card.action_menu.action_list ?? [];
  if (actions.length < 1 || actions.length > 3) return 40058;
  const keys = [...actions.map((action) => action.key), ...(card.button_list ?? []).map((button) => button.key)];
  const illegal = actions.some((action) => !action.key || !action.text || byteLength(action.key) > 1024);
  return illegal || new Set(keys).size !== keys.length ? 42051 : 0;
}

function taskFault(card: TemplateCard): number {
  if (!isInteractive(card) && card.task_id === undefined) return 0;
  const taskId = card.task_id ?? '';
  return /^[A-Za-z0-9_@-]+$/.test(taskId) && byteLength(taskId) <= 128 ? 0 : 42014;
}

/** Type 1 needs a url, type 2 the id of a mini-program. */
function linkFault(link: { type?: number | undefined; url?: string | undefined; appid?: string | undefined }): number {
  if (link.type === 1 && !link.url) return 42028;
  return link.type === 2 && !link.appid ? 42030 : 0;
}
