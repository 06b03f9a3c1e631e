/** The questions on a card and what a person's choices among them mean. */
import type { CardInput } from '../../messages';
import { SandboxRefusal } from '../../refusal';
import type { TemplateCard } from './card';

type Select = NonNullable<TemplateCard['button_selection']>;

/** Chosen option ids by question key. */
export type Values = Readonly<Record<string, readonly string[]>>;

/** The questions of a card in the order in which they are shown. */
export function inputsOf(card: TemplateCard): CardInput[] {
  switch (card.card_type) {
    case 'button_interaction':
      return card.button_selection ? [listInput(card.button_selection)] : [];
    case 'multiple_interaction':
      return (card.select_list ?? []).map(listInput);
    case 'vote_interaction':
      return card.checkbox ? [boxInput(card.checkbox)] : [];
    default:
      return [];
  }
}

/** What a press sends: the given choices where the card offers them, else what stands chosen. Refuses what the card does not offer. */
export function chosenValues(card: TemplateCard, given: Values): Values {
  const inputs = inputsOf(card);
  for (const [question, chosen] of Object.entries(given)) {
    const input = inputs.find((candidate) => candidate.question === question);
    const known = chosen.every((id) => input?.options.some((option) => option.id === id));
    if (!input || !known || (input.choice !== 'many' && chosen.length > 1)) throw noOption();
    if (input.disabled) throw new SandboxRefusal(409, 'input_disabled', '卡片上的这一项已不能改。', '请直接点按钮。', 'values');
  }
  return Object.fromEntries(inputs.map((input) => [input.question, given[input.question] ?? input.chosen]));
}

function noOption(): SandboxRefusal {
  return new SandboxRefusal(400, 'no_option', '卡片上没有这个选项。', '请从卡片列出的选项里选。', 'values');
}

function listInput(list: Select): CardInput {
  const options = optionsOf(list.option_list);
  const first = list.selected_id ?? options[0]?.id;
  return {
    question: list.question_key ?? '',
    title: list.title ?? '',
    choice: 'list',
    options,
    chosen: first === undefined ? [] : [first],
    disabled: list.disable === true,
  };
}

function boxInput(box: NonNullable<TemplateCard['checkbox']>): CardInput {
  const chosen = (box.option_list ?? []).filter((option) => option.is_checked === true).map((option) => option.id ?? '');
  return {
    question: box.question_key ?? '',
    title: '',
    choice: box.mode === 1 ? 'many' : 'one',
    options: optionsOf(box.option_list),
    chosen,
    disabled: box.disable === true,
  };
}

function optionsOf(list: Select['option_list']): CardInput['options'] {
  return (list ?? []).map((option) => ({ id: option.id ?? '', text: option.text ?? '' }));
}
