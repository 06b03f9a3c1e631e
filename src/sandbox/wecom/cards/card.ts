/** Template cards: their shape, the same five types for every sender (dossier 2.7, 5.2). */
import { z } from 'zod';

const text = z.string().optional();
const whole = z.number().int().optional();
const link = { type: whole, url: text, appid: text, pagepath: text };
const option = z.looseObject({ id: text, text, is_checked: z.boolean().optional() });
const options = z.array(option).optional();
const select = z.looseObject({ question_key: text, title: text, disable: z.boolean().optional(), selected_id: text, option_list: options });

/** The schema of a card as received; what is missing or too much is for the checks. */
export const cardSchema = z.looseObject({
  card_type: z.string(),
  source: z.looseObject({ icon_url: text, desc: text, desc_color: whole }).optional(),
  main_title: z.looseObject({ title: text, desc: text }).optional(),
  emphasis_content: z.looseObject({ title: text, desc: text }).optional(),
  quote_area: z.looseObject({ ...link, title: text, quote_text: text }).optional(),
  sub_title_text: text,
  horizontal_content_list: z
    .array(z.looseObject({ type: whole, keyname: text, value: text, url: text, media_id: text, userid: text }))
    .optional(),
  jump_list: z.array(z.looseObject({ ...link, title: text, question: text })).optional(),
  card_action: z.looseObject(link).optional(),
  action_menu: z.looseObject({ desc: text, action_list: z.array(z.looseObject({ text, key: text })).optional() }).optional(),
  card_image: z.looseObject({ url: text, aspect_ratio: z.number().optional() }).optional(),
  image_text_area: z.looseObject({ ...link, title: text, desc: text, image_url: text }).optional(),
  vertical_content_list: z.array(z.looseObject({ title: text, desc: text })).optional(),
  button_selection: select.optional(),
  button_list: z.array(z.looseObject({ text, key: text, style: whole, type: whole, url: text })).optional(),
  checkbox: z.looseObject({ question_key: text, mode: whole, disable: z.boolean().optional(), option_list: options }).optional(),
  select_list: z.array(select).optional(),
  submit_button: z.looseObject({ text, key: text }).optional(),
  feedback: z.looseObject({ id: text }).optional(),
  task_id: text,
  replace_text: text,
});

/** A card as received. */
export type TemplateCard = z.output<typeof cardSchema>;

/** Who sends the card: apps and robots may have buttons, a webhook may not. */
export type CardSender = 'app' | 'robot' | 'webhook';

const INTERACTIVE = ['button_interaction', 'vote_interaction', 'multiple_interaction'];

/** True for a card whose presses come back to the sender; such a card needs a configured callback (43012) and a `task_id`. */
export function isInteractive(card: TemplateCard): boolean {
  return INTERACTIVE.includes(card.card_type) || card.action_menu !== undefined;
}
