/** The sandbox clock in the header: it runs on by itself, and moves when told, with its progress to be seen. */
import { get, post } from './api.js';
import { byId, tell } from './dom.js';

const WEEK = '日一二三四五六';
let base = { now: Date.now(), at: performance.now() };

/** Takes over the server's present. */
export function syncClock(iso) {
  base = { now: Date.parse(iso), at: performance.now() };
  draw();
}

/** Makes the buttons work and the display run. */
export function startClock() {
  setInterval(draw, 1000);
  for (const button of document.querySelectorAll('.steps button')) {
    button.onclick = () => move(button.dataset.minutes === 'hour' ? minutesToHour() : Number(button.dataset.minutes));
  }
}

function present() {
  return base.now + performance.now() - base.at;
}

function minutesToHour() {
  const target = (Math.floor(present() / 3600_000) + 1) * 3600_000;
  return { now: new Date(target).toISOString() };
}

async function move(step) {
  const order = typeof step === 'number' ? { advanceMinutes: step } : step;
  const start = present();
  const target = order.now ? Date.parse(order.now) : start + order.advanceMinutes * 60_000;
  busy(true);
  const watch = setInterval(() => followProgress(start, target), 300);
  try {
    syncClock((await post('clock', order)).now);
  } catch (error) {
    tell(error.message);
  }
  clearInterval(watch);
  busy(false);
}

async function followProgress(start, target) {
  const state = await get('state').catch(() => null);
  if (!state) return;
  syncClock(state.now);
  const share = Math.max(0, Math.min(1, (Date.parse(state.now) - start) / (target - start)));
  byId('progress').firstElementChild.style.width = `${Math.round(share * 100)}%`;
}

function busy(on) {
  byId('progress').hidden = !on;
  byId('progress').firstElementChild.style.width = '0';
  for (const button of document.querySelectorAll('.steps button')) button.disabled = on;
}

function draw() {
  const local = new Date(present() + 8 * 3600_000);
  const [date, time] = [local.toISOString().slice(5, 10), local.toISOString().slice(11, 19)];
  byId('now').textContent = `${date.replace('-', '月')}日 周${WEEK[local.getUTCDay()]} ${time}`;
  byId('now').dateTime = new Date(present()).toISOString();
}
