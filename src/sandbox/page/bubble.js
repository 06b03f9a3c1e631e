/** One message as a bubble: who, what, whom it paged, and the buttons that this person can press. */
import { el } from './dom.js';
import { files, news, pictureName, place, wordsBesideFiles } from './pieces.js';
import { chosenIn, questions, twinOf } from './questions.js';
import { markdown, plainText } from './rich.js';

const VIA = { webhook: '群通知', robot: '机器人', app: '应用', appchat: '应用群', ding: 'DING' };

/** Draws a message for `me`. `view` has `people` (map by id), `names` to mark, `robot`, `canPress`; `act` has `quote` and `press`. */
export function bubble(message, me, view, act) {
  const mine = message.from === me.id;
  const pingsMe = message.pinged.includes(me.id);
  const quote = el('button', { type: 'button', class: 'quote-button', title: '引用这条', onclick: () => act.quote(message) }, '引用');
  const body = el(
    'div',
    { class: 'bubble' },
    quoted(message),
    content(message, me, view, act),
    pinged(message, view),
    missed(message, me, view),
  );
  return el(
    'li',
    {
      class: classesOf({ mine, 'pings-me': pingsMe, 'missed-me': message.missed?.includes(me.id), recalled: message.recalled }),
      dataset: { testid: 'msg', messageId: message.id, from: message.from ?? '', via: message.via ?? '', pinged: message.pinged.join(' ') },
    },
    face(message, view),
    el('div', { class: 'by' }, el('span', {}, byLine(message, view)), quote),
    body,
  );
}

function classesOf(flags) {
  return ['msg', ...Object.keys(flags).filter((name) => flags[name])].join(' ');
}

/** The square with the last characters of a name. */
export function face(message, view) {
  if (message.fromBot) return el('span', { class: `face bot${message.via === 'webhook' ? ' notice' : ''}`, 'aria-hidden': 'true' }, '烽');
  const name = view.people.get(message.from)?.name ?? '？';
  return el('span', { class: 'face', dataset: { tint: tint(message.from) }, 'aria-hidden': 'true' }, name.slice(-2));
}

/** A steady colour for an id. */
export function tint(id) {
  return String([...(id ?? '')].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 5);
}

function byLine(message, view) {
  const time = message.at.slice(11, 16);
  if (message.fromBot) return [view.robot, el('span', { class: 'via' }, VIA[message.via] ?? ''), ` ${time}`];
  const person = view.people.get(message.from);
  return [`${person?.name ?? message.from}${person?.post ? ` · ${person.post}` : ''} ${time}`];
}

function quoted(message) {
  return message.quote ? el('div', { class: 'quoted' }, message.quote.text) : null;
}

function content(message, me, view, act) {
  if (message.kind === 'card') return card(message, me, view, act);
  if (message.articles) return news(message.articles);
  if (message.place) return place(message.place);
  if (message.file || message.files) return [said(wordsBesideFiles(message), view, me), ...files(message)];
  const typing = message.raw?.stream?.finish === false;
  const words = message.kind === 'markdown' ? markdown(message.text, view.names, me.name) : plainText(message.text, view.names, me.name);
  return typing ? el('div', {}, words, el('span', { class: 'typing' }, '···')) : words;
}

function said(words, view, me) {
  return words === '' ? null : plainText(words, view.names, me.name);
}

function card(message, me, view, act) {
  const shown = message.card?.faces?.[me.id] ?? { ...message.card, buttons: message.buttons ?? [] };
  const press = (button) =>
    el(
      'button',
      {
        type: 'button',
        disabled: !view.canPress,
        dataset: { testid: 'card-button', key: button.key },
        onclick: (event) => act.press(message, button, chosenIn(event.target.closest('.card'))),
      },
      button.text,
    );
  const done = shown.replaced && shown.replaced !== shown.title && shown.buttons.length === 0 ? shown.replaced : null;
  const label = done ? [el('button', { type: 'button', class: 'done', disabled: true }, done)] : [];
  const buttons = [...shown.buttons.map(press), ...label];
  const inputs = shown.inputs ?? [];
  const twins = new Set(inputs.map(twinOf));
  const lines = shown.lines.filter((line) => !twins.has(line)).flatMap((line) => line.split('\n'));
  const changed = Object.hasOwn(message.card?.faces ?? {}, me.id);
  return el(
    'div',
    { class: `card${changed ? ' changed' : ''}` },
    el('h4', {}, shown.title),
    shown.picture ? pictureName(shown.picture) : null,
    lines.map((line) => cardLine(line, view, me)),
    questions(inputs, message.id, view.canPress),
    buttons.length > 0 ? el('div', { class: 'buttons' }, buttons) : null,
    changedFor(message, me, view),
  );
}

/** For whom alone the card looks different by now: a thing of the sandbox, the platform itself does not tell. */
function changedFor(message, me, view) {
  const people = Object.keys(message.card?.states ?? {});
  if (people.length === 0) return null;
  const names = people.filter((id) => id !== me.id).map((id) => view.people.get(id)?.name ?? id);
  const mine = people.includes(me.id) ? ['您看到的是更新后的卡片'] : [];
  const others = names.length > 0 ? [`${names.join('、')}的卡片已更新`] : [];
  return el('div', { class: 'states' }, [...mine, ...others].join('；'));
}

function cardLine(line, view, me) {
  if (/^https?:\/\/\S+$/.test(line)) return el('a', { class: 'more', href: line, target: '_blank', rel: 'noreferrer' }, '点开卡片 ›');
  const pair = /^([^：\s]{1,8})：(.+)$/.exec(line);
  if (!pair) return el('div', { class: 'line' }, plainText(line, view.names, me.name));
  return el('div', { class: 'line' }, el('span', { class: 'key' }, pair[1]), pair[2]);
}

function pinged(message, view) {
  if (message.pinged.length === 0) return null;
  const names = message.pinged.map((id) => view.people.get(id)?.name ?? id);
  const shown = names.length > 6 ? `${names.slice(0, 6).join('、')} 等${names.length}人` : names.join('、');
  return el('div', { class: 'pinged' }, `已提醒 ${shown}`);
}

/** Whom the platform let go without a message although it said ok: nobody but the sandbox tells. */
function missed(message, me, view) {
  if (!message.missed?.length) return null;
  const others = message.missed.filter((id) => id !== me.id).map((id) => view.people.get(id)?.name ?? id);
  const mine = others.length < message.missed.length ? ['您没有收到这条'] : [];
  const rest = others.length > 0 ? [`${others.join('、')}没有收到`] : [];
  return el('div', { class: 'missed' }, `${[...mine, ...rest].join('，')}：超过了每分钟的条数，平台不作声`);
}
