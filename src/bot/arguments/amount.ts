/** How much and how often, as people write it: 帐篷10顶, 每2小时. */
import type { Amount } from '../../core/incident/records/record';
import { DAY, HOUR, MINUTE } from '../../core/instant';
import { trimmed } from './spaces';

const COUNTED =
  /(?<![\d:：.])(\d{1,9}(?:\.\d{1,3})?)\s*(?!点|分|小时|天|日|月|号|时|年|前|内|[\d:：.%])(公斤|千克|平方米|立方米|[\p{Script=Han}A-Za-z])/u;

/** The first amount with a unit; moments and terms are none. Null where none is told. */
export function amountIn(words: string): Amount | null {
  const found = COUNTED.exec(words.normalize('NFKC'));
  return found?.[1] === undefined || found[2] === undefined ? null : { value: Number(found[1]), unit: found[2] };
}

const EVERY = /^(?:每隔?\s*)?(\d{1,4}|半)\s*个?(分钟|小时|天)(?:一次|一报|报一次)?/u;
const UNITS: Readonly<Record<string, number>> = { 分钟: MINUTE, 小时: HOUR, 天: DAY };

/** An interval at the front, in milliseconds; null where none is told. */
export function intervalAt(words: string): { readonly every: number; readonly rest: string } | null {
  const found = EVERY.exec(words.normalize('NFKC'));
  if (found === null) return null;
  const count = found[1] === '半' ? 0.5 : Number(found[1]);
  return { every: count * (UNITS[found[2] ?? ''] ?? 0), rest: trimmed(words.normalize('NFKC').slice(found[0].length)) };
}
