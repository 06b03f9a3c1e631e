/** The rooms at the left: mine first, then my private chat, then what I am not part of. */
import { face, tint } from './bubble.js';
import { byId, el } from './dom.js';

let strangersOpen = false;

/** Draws the list. `marks(room)` answers `{unread, pings, last}`. */
export function drawRooms({ rooms, me, current, marks, open }) {
  const inside = (room) => room.members.includes(me.id);
  const groups = rooms.filter((room) => room.kind !== 'private');
  const item = (room) => roomItem(room, { outside: !inside(room), current: room.id === current, ...marks(room) }, open);
  const strangers = el('details', {
    open: strangersOpen || rooms.some((room) => room.id === current && room.kind === 'private' && !inside(room)),
  });
  strangers.append(el('summary', {}, '其他人的私聊'), ...rooms.filter((room) => room.kind === 'private' && !inside(room)).map(item));
  strangers.ontoggle = () => {
    strangersOpen = strangers.open;
  };
  byId('rooms').replaceChildren(
    ...section('我的群', groups.filter(inside).map(item)),
    ...section('私聊', rooms.filter((room) => room.kind === 'private' && inside(room)).map(item)),
    ...section('我不在的群（只能看）', groups.filter((room) => !inside(room)).map(item)),
    strangers,
  );
}

function section(title, items) {
  return items.length > 0 ? [el('h3', {}, title), ...items] : [];
}

function roomItem(room, { outside, current, unread, pings, last }, open) {
  const marks = el('span', { class: 'marks' });
  if (pings > 0) marks.append(el('span', { class: 'ping', title: '有人提醒我' }, `@${pings}`));
  else if (unread > 0) marks.append(el('span', {}, String(Math.min(unread, 99))));
  const sign =
    room.kind === 'private'
      ? face({ fromBot: true, via: 'robot' }, {})
      : el('span', { class: 'face', dataset: { tint: tint(room.id) } }, /^#\d{1,3}/.exec(room.name)?.[0] ?? room.name.slice(0, 2));
  return el(
    'button',
    {
      type: 'button',
      class: `room${outside ? ' outside' : ''}`,
      dataset: { testid: `room-${room.id}`, unread, pings },
      'aria-current': String(current),
      onclick: () => open(room.id),
    },
    sign,
    el('span', { class: 'name' }, room.name),
    marks,
    el('span', { class: 'last' }, last || '还没有消息'),
  );
}

/** Who is here, and who hears. */
export function aboutRoom({ kind }, names) {
  if (kind === 'private') return '单聊，每句话机器人都听得到';
  return `${kind === 'appchat' ? '应用建的群，机器人听不到 · ' : ''}${names.length} 人：${names.join('、')}`;
}

/** The start of a message without the marks of its markdown. */
export function firstLine(message) {
  const line = message?.text.split('\n')[0] ?? '';
  return line.replace(/^(?:#{1,6}\s+|>\s?)|\*\*|`|<\/?font[^>]*>/g, '');
}
