/** Time as the duty room counts it: shown in Beijing time whatever the browser's zone, counted from the server's own now. */
import { onScopeDispose, ref } from 'vue';

const ZONE = 'Asia/Shanghai';
const now = ref(Date.now());
/** The sandbox's clock may be ahead of the browser's. */
let ahead = 0;
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The server's moment, from an answer that bears it. */
export function serverNow(iso: string): void {
  ahead = Date.parse(iso) - Date.now();
  now.value = Date.now() + ahead;
}

/** A moment that moves every second while somebody looks. */
export function useNow() {
  users += 1;
  timer ??= setInterval(() => {
    now.value = Date.now() + ahead;
  }, 1000);
  onScopeDispose(() => {
    users -= 1;
    if (users > 0) return;
    clearInterval(timer);
    timer = undefined;
  });
  return now;
}

export const minutesBetween = (from: number, until: number): number => Math.floor(Math.abs(until - from) / 60_000);

const full = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE,
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const short = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hour12: false });

/** 11/22 22:25 */
export const dayTime = (iso: string): string => full.format(new Date(iso));
/** 22:25 */
export const clockTime = (at: string | number): string => short.format(new Date(at));
/** 00:42:10 until, or since. */
export function countdown(until: number, at: number): string {
  const seconds = Math.floor(Math.abs(until - at) / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
