/** Template cards: their shape, and the checks that the platform makes before it shows one (dossier 2.7, 5.2, section 7). */
import { z } from 'zod';
import { byteLength } from './text';

const text = z.string().optional();
const type = z.number().int().optional();
const option = z.looseObject({ id: text, text });

const cardSchema = z.looseObject({
  card_type: z.string(),
  source: z.looseObject({ desc: text }).optional(),
  main_title: z.looseObject({ title: text, desc: text }).optional(),
  emphasis_content: z.looseObject({ title: text, desc: text }).optional(),
  quote_area: z.looseObject({ type, title: text, quote_text: text, url: text }).optional(),
  sub_title_text: text,
  horizontal_content_list: z.array(z.looseObject({ type, keyname: text, value: text, url: text, userid: text })).optional(),
  jump_list: z.array(z.looseObject({ type, title: text, url: text, question: text })).optional(),
  card_action: z.looseObject({ type, url: text, appid: text }).optional(),
  action_menu: z.looseObject({ desc: text, action_list: z.array(z.looseObject({ text, key: text })).optional() }).optional(),
  button_selection: z.looseObject({ question_key: text, title: text, option_list: z.array(option).optional() }).optional(),
  button_list: z.array(z.looseObject({ text, key: text, style: type, type, url: text })).optional(),
  task_id: text,
  replace_text: text,
});

/** A card as received. */
export type TemplateCard = z.output<typeof cardSchema>;

/** Who sends the card: apps and robots may have buttons, a webhook may not. */
export type CardSender = 'app' | 'robot' | 'webhook';

/** A card that may be shown, or the code of its refusal. */
export type CardReading = { readonly card: TemplateCard; readonly errcode: 0 } | { readonly card: null; readonly errcode: number };

/** Reads and checks a card. Robots and webhooks get the general 40058 where an app gets the code of the field. */
export function readCard(raw: unknown, sender: CardSender): CardReading {
  const parsed = cardSchema.safeParse(raw);
  if (!parsed.success) return { card: null, errcode: 40058 };
  const errcode = faultOf(parsed.data, sender);
  if (errcode === 0) return { card: parsed.data, errcode: 0 };
  return { card: null, errcode: sender === 'app' ? errcode : 40058 };
}

/** True for a card whose presses come back to the sender; such a card needs a configured callback (43012). */
export function isInteractive(card: TemplateCard): boolean {
  return card.card_type === 'button_interaction' || card.action_menu !== undefined;
}

function faultOf(card: TemplateCard, sender: CardSender): number {
  const checks = [typeFault, titleFault, actionFault, horizontalFault, jumpFault, menuFault, taskFault, buttonFault, selectionFault];
  for (const check of checks) {
    const errcode = check(card, sender);
    if (errcode !== 0) return errcode;
  }
  return 0;
}

function typeFault(card: TemplateCard, sender: CardSender): number {
  const allowed = sender === 'webhook' ? ['text_notice'] : ['text_notice', 'button_interaction'];
  return allowed.includes(card.card_type) ? 0 : 42031;
}

function titleFault(card: TemplateCard): number {
  return card.main_title?.title || card.sub_title_text ? 0 : 42033;
}

function actionFault(card: TemplateCard): number {
  const action = card.card_action;
  if (card.card_type === 'text_notice' && action?.type !== 1 && action?.type !== 2) return 42045;
  if (action?.type === 1 && !action.url) return 42028;
  return action?.type === 2 && !action.appid ? 42030 : 0;
}

function horizontalFault(card: TemplateCard): number {
  const rows = card.horizontal_content_list ?? [];
  if (rows.length > 6) return 42035;
  if (rows.some((row) => !row.keyname)) return 42027;
  if (rows.some((row) => row.type === 1 && !row.url)) return 42028;
  return rows.some((row) => row.type === 3 && !row.userid) ? 42050 : 0;
}

function jumpFault(card: TemplateCard): number {
  const jumps = card.jump_list ?? [];
  if (jumps.length > 3) return 42042;
  if (jumps.some((jump) => !jump.title)) return 42033;
  return jumps.some((jump) => jump.type === 1 && !jump.url) ? 42028 : 0;
}

function menuFault(card: TemplateCard): number {
  if (!card.action_menu) return 0;
  const actions = card.action_menu.action_list ?? [];
  if (actions.length < 1 || actions.length > 3) return 40058;
  const keys = [...actions.map((action) => action.key), ...(card.button_list ?? []).map((button) => button.key)];
  return actions.some((action) => !action.key || !action.text) || new Set(keys).size !== keys.length ? 42051 : 0;
}

function taskFault(card: TemplateCard): number {
  if (!isInteractive(card) && card.task_id === undefined) return 0;
  const taskId = card.task_id ?? '';
  return /^[A-Za-z0-9_@-]+$/.test(taskId) && byteLength(taskId) <= 128 ? 0 : 42014;
}

function buttonFault(card: TemplateCard, sender: CardSender): number {
  if (card.card_type !== 'button_interaction') return 0;
  const buttons = card.button_list ?? [];
  if (buttons.length < 1 || buttons.length > 6) return 40058;
  if (buttons.some((button) => !button.text)) return 42038;
  const callbacks = buttons.filter((button) => !(sender === 'app' && button.type === 1));
  if (buttons.some((button) => !callbacks.includes(button) && !button.url)) return 42028;
  const keys = callbacks.map((button) => button.key ?? '');
  const illegal = keys.some((key) => key === '' || byteLength(key) > 1024);
  return illegal || new Set(keys).size !== keys.length ? 42039 : 0;
}

function selectionFault(card: TemplateCard): number {
  const selection = card.button_selection;
  if (!selection) return 0;
  const options = selection.option_list ?? [];
  if (!selection.question_key) return 42043;
  if (options.length < 1 || options.length > 10) return 42037;
  if (options.some((entry) => !entry.id || byteLength(entry.id) > 128)) return 42040;
  return options.some((entry) => !entry.text) ? 42041 : 0;
}
