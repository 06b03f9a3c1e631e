/** A card as one person sees it, drawn from its template and its variables, which are all text (dossier 3.7). */
import { z } from 'zod';
import type { Button, CardFace, CardInput } from '../../messages';
import type { CardTemplate } from './templates';

/** The variables of a card. */
export type Params = Readonly<Record<string, string>>;

const buttonsSchema = z.array(
  z.looseObject({ id: z.string().min(1), text: z.string().min(1), params: z.record(z.string(), z.unknown()).optional() }),
);
const inputsSchema = z.array(
  z.looseObject({
    name: z.string().min(1),
    label: z.string().default(''),
    multiple: z.boolean().default(false),
    options: z.array(z.looseObject({ value: z.string(), text: z.string() })).default([]),
  }),
);

/** A button with the constants that a press of it carries. */
export interface CardButton extends Button {
  readonly params: Readonly<Record<string, unknown>>;
}

/** What is drawn, and its twin in words. */
export interface Face extends CardFace {
  readonly buttons: readonly Button[];
  readonly text: string;
}

/** Draws a card; what cannot be read as buttons or inputs is not drawn. */
export function faceOf(template: CardTemplate, params: Params): Face {
  const title = params[template.title] ?? '';
  const lines = (params[template.text] ?? '').split('\n').filter((line) => line !== '');
  const status = params[template.status] ?? '';
  const inputs = inputsOf(template, params);
  const buttons = buttonsOf(template, params).map(({ key, text }) => ({ key, text }));
  const asked = inputs.map((input) => `${input.title}：${input.options.map((option) => option.text).join('、')}`);
  const endings = status === '' ? buttons.map((button) => `[${button.text}]`) : [`[${status}]`];
  return {
    title,
    lines,
    buttons,
    text: [title, ...lines, ...asked, endings.join(' ')].filter((line) => line !== '').join('\n'),
    ...(inputs.length > 0 ? { inputs } : {}),
    ...(status === '' ? {} : { replaced: status }),
  };
}

/** The buttons that can be pressed now. */
export function buttonsOf(template: CardTemplate, params: Params): readonly CardButton[] {
  if ((params[template.status] ?? '') !== '') return [];
  const read = buttonsSchema.safeParse(parsed(params[template.buttons] ?? '[]'));
  return read.success ? read.data.map(({ id, text, params: constants = {} }) => ({ key: id, text, params: constants })) : [];
}

function inputsOf(template: CardTemplate, params: Params): readonly CardInput[] {
  if ((params[template.status] ?? '') !== '') return [];
  const read = inputsSchema.safeParse(parsed(params[template.inputs] ?? '[]'));
  if (!read.success) return [];
  return read.data.map((input) => ({
    question: input.name,
    title: input.label,
    choice: input.multiple ? 'many' : 'list',
    options: input.options.map((option) => ({ id: option.value, text: option.text })),
    chosen: [],
    disabled: false,
  }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
