/** The only door to a chat: cuts a message down to what the room may see and marks it as cleared. */
import type { Line, Message } from '../notices/message';
import { EXPOSURES, type Exposure } from '../roster/roster';
import { maskedWords } from './mask';

declare const cleared: unique symbol;
/** A message that went through `clear`; channels accept nothing else. */
export type Cleared = Message & { readonly [cleared]: true };

export const SECRECY_LINE = '非涉密渠道，严禁传递国家秘密和工作秘密';

/**
 * Keeps the lines that the exposure allows (procedure.md section 9); where the exposure is not `full`, says where the rest
 * can be read and ends with the secrecy line; a file goes along only where it is. In people's own words telephone and identity numbers are masked. Pure, may run twice.
 */
export function clear(message: Message, exposure: Exposure): Cleared {
  const allowed = EXPOSURES.indexOf(exposure);
  const lines = message.lines.filter(
    (line) => EXPOSURES.indexOf(line.needs) <= allowed && allowed <= EXPOSURES.indexOf(line.upTo ?? 'full'),
  );
  const hidden = message.lines.some((line) => EXPOSURES.indexOf(line.needs) > allowed);
  const tail = [
    ...(hidden ? [{ needs: 'pointer' as const, parts: [{ is: 'text' as const, text: '详情请登录办理' }] }] : []),
    ...(exposure === 'full' ? [] : [{ needs: 'pointer' as const, parts: [{ is: 'text' as const, text: SECRECY_LINE }] }]),
  ];
  const { file, ...words } = message;
  return {
    ...words,
    ...(file !== undefined && exposure === 'full' ? { file } : {}),
    lines: [...(message.unmasked === true && exposure === 'full' ? lines : lines.map(masked)), ...tail],
  } as Message as Cleared;
}

function masked(line: Line): Line {
  return { ...line, parts: line.parts.map((part) => (part.is === 'quote' ? { ...part, text: maskedWords(part.text) } : part)) };
}
