/** The side panel: raw wire traffic, faults to inject, and the way back to fresh data. */
import { get, post } from './api.js';
import { byId, el, tell } from './dom.js';

const KEPT = 200;
let cursor = '0';

/** Makes the panel work; `roomName` turns a room id into a name. */
export function startTools(roomName) {
  byId('tools-toggle').onclick = () => show(byId('tools').hidden);
  byId('tools-close').onclick = () => show(false);
  byId('tools').onkeydown = (event) => event.key === 'Escape' && show(false);
  byId('fault-form').onsubmit = armFault;
  byId('clear-faults').onclick = async () => showArmed(await post('faults', { clear: true }));
  byId('fault-form').elements.kind.onchange = suggestValue;
  byId('reset').onclick = () => byId('confirm-reset').showModal();
  byId('confirm-reset').onclose = reset;
  setInterval(() => byId('tools').hidden || followCalls(roomName), 1500);
}

/** Offers other calls to fail than those of WeCom, where the platform is another one. */
export function offerFaults(names) {
  const { api } = byId('fault-form').elements;
  if (names.length === 0 || api.dataset.names === names.join()) return;
  api.dataset.names = names.join();
  api.replaceChildren(...names.map((name) => el('option', { value: name }, name)));
}

/** Forgets the calls shown, after a reset. */
export function clearCalls() {
  cursor = '0';
  byId('calls').replaceChildren();
}

function show(open) {
  byId('tools').hidden = !open;
  byId('tools-toggle').setAttribute('aria-expanded', String(open));
  byId(open ? 'tools-close' : 'tools-toggle').focus();
}

async function armFault(event) {
  event.preventDefault();
  const form = byId('fault-form').elements;
  const kind = form.kind.value;
  const what = kind === 'drop' ? { drop: true } : { [kind]: Number(form.value.value) };
  const after = form.afterAccept.checked ? { afterAccept: true } : {};
  try {
    showArmed(await post('faults', { api: form.api.value, ...what, ...after, times: Number(form.times.value) }));
    tell('故障已装上，下一次调用就会遇到。');
  } catch (error) {
    tell(error.message);
  }
}

function showArmed({ armed }) {
  byId('armed').textContent = armed > 0 ? `还有 ${armed} 次待发` : '';
}

function suggestValue() {
  const form = byId('fault-form').elements;
  const usual = { errcode: 45009, status: 502, delayMs: 6000 };
  form.value.disabled = form.kind.value === 'drop';
  form.value.value = usual[form.kind.value] ?? '';
}

async function reset() {
  const dialog = byId('confirm-reset');
  const confirmed = dialog.returnValue === 'yes';
  dialog.returnValue = '';
  if (!confirmed) return;
  try {
    await post('reset', {});
    tell('已恢复初始数据。');
  } catch (error) {
    tell(error.message);
  }
}

async function followCalls(roomName) {
  const page = await get(`calls?all=true&after=${cursor}`).catch(() => null);
  if (!page) return;
  cursor = page.cursor;
  const list = byId('calls');
  for (const call of page.calls.filter(({ api }) => api !== 'ping').slice(-KEPT)) list.prepend(callItem(call, roomName));
  while (list.childElementCount > KEPT) list.lastElementChild.remove();
}

function callItem(call, roomName) {
  const toBot = call.direction === 'toBot';
  const verdict = verdictOf(call);
  const summary = el(
    'summary',
    { class: toBot ? 'to-bot' : '' },
    el('time', {}, call.at.slice(11, 19)),
    el('span', { class: 'way', title: toBot ? '平台送给机器人' : '机器人调用平台' }, toBot ? '⇠' : '⇢'),
    el('span', { class: 'api' }, call.api, call.room ? el('span', { class: 'room-name' }, ` ${roomName(call.room)}`) : null),
    el('span', { class: verdict.bad ? 'bad' : '' }, verdict.text),
  );
  const json = (title, value) => `${title}\n${JSON.stringify(value, null, 2)}`;
  const parts = [json('请求', call.request), json('结果', call.answer), ...(call.fault ? [json('注入的故障', call.fault)] : [])];
  return el('li', {}, el('details', { class: 'call' }, summary, el('pre', {}, parts.join('\n\n'))));
}

function verdictOf({ answer }) {
  if (answer === null) return { text: '未答', bad: true };
  if (typeof answer === 'string') return { text: answer === 'sent' ? '已送' : '丢失', bad: answer !== 'sent' };
  if (answer.errcode !== undefined) return { text: String(answer.errcode), bad: answer.errcode !== 0 };
  if (answer.passed !== undefined) return { text: answer.passed ? '通过' : '未过', bad: !answer.passed };
  return { text: String(answer.status ?? '无答复'), bad: answer.status !== 200 };
}
