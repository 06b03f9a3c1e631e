/** The questions of a card: boxes and drop-downs that a person fills in before pressing. */
import { el } from './dom.js';

/** The line that says in words what a question shows; not to be drawn twice. */
export const twinOf = ({ title, options }) =>
  [title, options.map((option) => option.text).join('、')].filter((part) => part !== '').join('：');

/** One field for each question of `inputs`; `canPress` is false for whoever only looks. */
export function questions(inputs, name, canPress) {
  return inputs.map((input) => (input.choice === 'list' ? list(input, canPress) : boxes(input, `${name}-${input.question}`, canPress)));
}

/** What stands chosen in `card` now, by question; questions that cannot be changed are left out. */
export function chosenIn(card) {
  const fields = [...card.querySelectorAll('[data-question]')].filter((field) => !field.disabled);
  return Object.fromEntries(fields.map((field) => [field.dataset.question, picked(field)]));
}

function picked(field) {
  if (field.tagName === 'SELECT') return field.value === '' ? [] : [field.value];
  return [...field.querySelectorAll('input:checked')].map((box) => box.value);
}

function boxes({ question, title, choice, options, chosen, disabled }, name, canPress) {
  const type = choice === 'many' ? 'checkbox' : 'radio';
  const box = ({ id, text }) => {
    const input = el('input', { type, name, value: id, checked: chosen.includes(id) });
    return el('label', {}, input, el('span', {}, text));
  };
  const field = el('fieldset', { class: 'question', disabled: disabled || !canPress, dataset: { question, testid: 'question' } });
  field.append(el('legend', {}, title || (choice === 'many' ? '可多选' : '请选一项')), ...options.map(box));
  return field;
}

function list({ question, title, options, chosen, disabled }, canPress) {
  const field = el('select', { disabled: disabled || !canPress, dataset: { question, testid: 'question' } });
  field.append(...options.map(({ id, text }) => el('option', { value: id, selected: chosen.includes(id) }, text)));
  return el('label', { class: 'question' }, el('span', {}, title || '请选择'), field);
}
