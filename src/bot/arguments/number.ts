/** An entry of a numbered list by its short number at the front: 完成 2 已下架. */
import { trimmed } from './spaces';

/** The entry with that number, counted from 1; null where no number of the list stands at the front. */
export function numberAt<T>(list: readonly T[], rest: string): { readonly found: T; readonly rest: string } | null {
  const number = /^(?:第|[#＃])?([0-9０-９]{1,3})(?![0-9０-９:：点分时月日号年.．])(?:号|项|条)?/u.exec(rest);
  const found = number?.[1] === undefined ? undefined : list[Number(number[1].normalize('NFKC')) - 1];
  return number === null || found === undefined ? null : { found, rest: trimmed(rest.slice(number[0].length)) };
}
