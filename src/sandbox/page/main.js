/** The chat page: one person's view of the duty rooms, while everybody else goes on talking. */
import { get, post } from './api.js';
import { bubble } from './bubble.js';
import { startClock, syncClock } from './clock.js';
import { byId, el, tell } from './dom.js';
import { aboutRoom, drawRooms, firstLine } from './roomlist.js';
import { clearCalls, offerFaults, startTools } from './tools.js';

const WAIT_MS = 25_000;
const PLATFORMS = { wecom: '本机企业微信', dingtalk: '本机钉钉', govding: '本机政务钉钉' };
const page = { rooms: [], people: new Map(), robot: '', me: null, room: null, quote: null, epoch: null, cursor: '0' };
const messages = new Map();
const seen = new Map();
const drafts = new Map();
let baseline = 0;
/** Whether the end of the conversation is in sight, and stays there when a picture arrives late. */
let stuck = true;

const number = (message) => Number(message.id.slice(1));
const roomOf = (id) => page.rooms.find((room) => room.id === id);
const ofRoom = (id) => [...messages.values()].filter((message) => message.room === id).sort((a, b) => number(a) - number(b));
const seenKey = (roomId) => `${page.me.id} ${roomId}`;

start();

async function start() {
  startClock();
  startTools((id) => roomOf(id)?.name ?? id);
  wireUp();
  await loadState();
  page.me = page.people.get(localStorage.getItem('fenghuo-me')) ?? [...page.people.values()][0];
  drawPeople('');
  await readOn(0);
  baseline = Math.max(0, ...[...messages.values()].map(number));
  const first = page.rooms.find((room) => room.members.includes(page.me.id));
  const phone = matchMedia('(max-width: 720px)').matches;
  openRoom(first?.id ?? page.rooms[0]?.id, { stay: phone });
  setInterval(() => loadState().catch(() => undefined), 4000);
  follow();
}

async function loadState() {
  const state = await get('state');
  const changed = JSON.stringify(page.rooms) !== JSON.stringify(state.rooms);
  page.rooms = state.rooms;
  page.robot = state.robot.name;
  for (const person of state.people) page.people.set(person.id, person);
  byId('link-robot').classList.toggle('on', state.robot.connected);
  byId('link-callback').classList.toggle('on', state.robot.callback);
  syncClock(state.now);
  offerFaults(state.faultApis);
  byId('platform').textContent = PLATFORMS[state.platform];
  if (changed && page.room) redrawRooms();
}

/** Rooms come and go while people look on: an app makes groups. */
function redrawRooms() {
  if (!roomOf(page.room)) return openRoom(page.rooms[0]?.id, { stay: true });
  drawHead();
  drawRoomList();
}

async function follow() {
  for (;;) {
    try {
      await readOn(WAIT_MS);
    } catch {
      tell('连不上沙箱，正在重试…');
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

async function readOn(wait) {
  const answer = await get(`messages?after=${page.cursor}&wait=${wait}`);
  if (page.epoch !== null && answer.epoch !== page.epoch) forget();
  page.epoch = answer.epoch;
  page.cursor = answer.cursor;
  syncClock(answer.now);
  if (answer.messages.some((message) => !roomOf(message.room))) await loadState();
  for (const message of answer.messages) messages.set(message.id, message);
  if (page.room) draw(answer.messages.map((message) => message.id));
}

function forget() {
  messages.clear();
  seen.clear();
  page.quote = null;
  clearCalls();
  drawMessages();
}

function draw(changed) {
  const here = changed.filter((id) => messages.get(id)?.room === page.room);
  if (here.length > 0) drawMessages(here);
  drawRoomList();
}

function openRoom(id, { stay = false } = {}) {
  if (!id) return;
  if (page.room) drafts.set(page.room, byId('text').value);
  const changed = page.room !== id;
  page.room = id;
  if (changed) byId('text').value = drafts.get(id) ?? '';
  if (changed) setQuote(null);
  if (!stay) byId('desk').dataset.view = 'chat';
  drawHead();
  drawMessages();
  byId('messages').scrollTop = byId('messages').scrollHeight;
  drawRoomList();
  const room = roomOf(id);
  const mine = room.kind === 'private' && room.members.includes(page.me.id);
  if (mine && !stay) post('enter', { room: id, from: page.me.id }).catch(() => undefined);
}

function drawHead() {
  const room = roomOf(page.room);
  const inside = room.members.includes(page.me.id);
  const names = room.members.map((id) => page.people.get(id)?.name ?? id);
  byId('room-name').textContent = room.name;
  byId('room-about').textContent = aboutRoom(room, names);
  byId('at-robot').hidden = ['private', 'appchat'].includes(room.kind) || !inside;
  byId('composer-notice').hidden = inside;
  byId('composer-notice').textContent = `${page.me.name}不在这个房间里，只能看。`;
  byId('text').disabled = !inside;
  byId('text').placeholder = inside ? `以${page.me.name}的身份说话` : '';
  document.querySelector('[data-testid="send"]').disabled = !inside;
}

/** Draws the room afresh and from its end, or only the messages that changed. */
function drawMessages(changed) {
  const list = byId('messages');
  const atEnd = !changed || list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const all = ofRoom(page.room);
  const isNew = changed?.some((id) => !list.querySelector(`[data-message-id="${id}"]`)) ?? false;
  if (!changed || all.length <= changed.length) list.replaceChildren(...withTimes(all));
  else for (const id of [...changed].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))) drawOne(list, messages.get(id), all);
  if (all.length === 0) list.replaceChildren(emptyRoom());
  if (atEnd) list.scrollTop = list.scrollHeight;
  stuck = atEnd;
  byId('to-end').hidden = atEnd || (byId('to-end').hidden && !isNew);
  const last = all.at(-1);
  if (last && atEnd && isLooking()) seen.set(seenKey(page.room), number(last));
}

/** Whoever is new here is given a first sentence; pressed, it stands in the composer, and is sent by himself. */
function emptyRoom() {
  if (byId('text').disabled) return el('li', { class: 'empty' }, '这里还没有消息。');
  const example = el('button', { type: 'button', class: 'ghost' }, EXAMPLE);
  example.addEventListener('click', () => {
    byId('text').value = EXAMPLE;
    byId('text').focus();
  });
  return el('li', { class: 'empty' }, el('p', {}, '这里还没有消息。说一起事件试试，机器人会答，例如：'), example);
}
const EXAMPLE = '湖滨区建设路丰和超市，六十多名消费者因预付卡退费聚集，已派人到场';

function toEnd() {
  if (stuck) byId('messages').scrollTop = byId('messages').scrollHeight;
}

function drawOne(list, message, all) {
  const old = list.querySelector(`[data-message-id="${message.id}"]`);
  if (old) return old.replaceWith(drawn(message));
  const before = all[all.indexOf(message) - 1];
  list.append(...timeMark(before, message), drawn(message));
}

function withTimes(all) {
  return all.flatMap((message, index) => [...timeMark(all[index - 1], message), drawn(message)]);
}

function timeMark(before, message) {
  const gap = before ? Date.parse(message.at) - Date.parse(before.at) : Number.POSITIVE_INFINITY;
  if (gap < 5 * 60_000) return [];
  return [el('li', { class: 'when' }, `${message.at.slice(5, 10).replace('-', '月')}日 ${message.at.slice(11, 16)}`)];
}

function drawn(message) {
  const room = roomOf(message.room);
  const names = [...room.members.map((id) => page.people.get(id)?.name ?? id), page.robot, '所有人'];
  const view = { people: page.people, names, robot: page.robot, canPress: room.members.includes(page.me.id) };
  return bubble(message, page.me, view, { quote: setQuote, press });
}

function isLooking() {
  return byId('desk').dataset.view === 'chat' || !matchMedia('(max-width: 720px)').matches;
}

function drawRoomList() {
  const marks = (room) => {
    const all = ofRoom(room.id);
    const since = seen.get(seenKey(room.id)) ?? baseline;
    const unread = all.filter((message) => number(message) > since && message.from !== page.me.id);
    const pings = unread.filter((message) => message.pinged.includes(page.me.id)).length;
    return { unread: unread.length, pings, last: firstLine(all.at(-1)) };
  };
  drawRooms({ rooms: page.rooms, me: page.me, current: page.room, marks, open: openRoom });
}

function drawPeople(filter) {
  const wanted = filter.trim().toLowerCase();
  const fits = (person) => `${person.name}${person.post}${person.id}`.toLowerCase().includes(wanted);
  const found = [...page.people.values()].filter((person) => person.id === page.me.id || fits(person));
  const options = found.map((person) => el('option', { value: person.id }, person.post ? `${person.name} · ${person.post}` : person.name));
  byId('whoami').replaceChildren(...options);
  byId('whoami').value = page.me.id;
  return found.filter(fits);
}

/** Another person looks at the same group, but at a private chat of his own. */
function become(id) {
  const was = page.me;
  page.me = page.people.get(id) ?? page.me;
  localStorage.setItem('fenghuo-me', page.me.id);
  setQuote(null);
  const here = roomOf(page.room);
  const wasPrivate = here.kind === 'private' && here.members.includes(was.id);
  const own = wasPrivate ? page.rooms.find((room) => room.kind === 'private' && room.members.includes(page.me.id)) : undefined;
  openRoom(own?.id ?? page.room, { stay: true });
}

function setQuote(message) {
  const list = byId('messages');
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  page.quote = message;
  byId('quoting').hidden = message === null;
  byId('quoting').firstElementChild.textContent = message ? `引用：${firstLine(message)}` : '';
  if (message) byId('text').focus();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

async function press(message, button, values) {
  await attempt(() => post('click', { message: message.id, button: button.key, from: page.me.id, values }));
}

async function say() {
  const box = byId('text');
  const text = box.value;
  if (text.trim() === '' || box.disabled) return;
  const quote = page.quote ? { quote: page.quote.id } : {};
  const sent = await attempt(() => post('say', { room: page.room, from: page.me.id, text, mentionBot: byId('mention').checked, ...quote }));
  if (!sent) return;
  box.value = '';
  box.style.height = '';
  setQuote(null);
  byId('messages').scrollTop = byId('messages').scrollHeight;
}

async function attempt(act) {
  try {
    await act();
    return true;
  } catch (error) {
    tell(error.message);
    return false;
  }
}

function wireUp() {
  const box = byId('text');
  byId('composer-form').onsubmit = (event) => {
    event.preventDefault();
    say();
  };
  box.onkeydown = (event) => {
    if (event.key === 'Escape') setQuote(null);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say();
  };
  box.oninput = () => {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight + 2, 160)}px`;
  };
  byId('quoting').lastElementChild.onclick = () => setQuote(null);
  byId('whoami').onchange = (event) => become(event.target.value);
  byId('find-person').oninput = (event) => drawPeople(event.target.value);
  byId('find-person').onkeydown = (event) => event.key === 'Enter' && pickFound(event.target);
  byId('back').onclick = () => {
    byId('desk').dataset.view = 'rooms';
  };
  byId('to-end').onclick = () => {
    byId('messages').scrollTop = byId('messages').scrollHeight;
  };
  byId('messages').addEventListener('load', toEnd, true);
  byId('messages').onscroll = () => {
    const list = byId('messages');
    stuck = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
    if (stuck && !byId('to-end').hidden) {
      drawMessages([]);
      drawRoomList();
    }
  };
}

function pickFound(field) {
  const [first] = drawPeople(field.value);
  field.value = '';
  if (first) become(first.id);
  drawPeople('');
}
