/** Cuts a text into numbered parts within a byte limit, at line ends where that is possible. */

const NUMBER_BYTES = Buffer.byteLength('（9999/9999）');

/** One text, or several of the form （1/2）…, each at most `maxBytes` of UTF-8 (at least 64). Characters are never cut in two. */
export function splitLines(lines: readonly string[], maxBytes: number): readonly string[] {
  const whole = lines.join('\n').trim() === '' ? '…' : lines.join('\n');
  if (Buffer.byteLength(whole) <= maxBytes) return [whole];
  const parts = pack(whole.split('\n'), maxBytes - NUMBER_BYTES);
  return parts.map((part, at) => `（${at + 1}/${parts.length}）${part}`);
}

/** As few parts as line ends allow; a line that is longer than a part fills up the part before it. */
function pack(lines: readonly string[], room: number): readonly string[] {
  const parts: string[] = [];
  let part: string | null = null;
  for (const line of lines) {
    let rest = line;
    for (;;) {
      const open: string = part === null ? '' : `${part}\n`;
      if (Buffer.byteLength(open + rest) <= room) {
        part = open + rest;
        break;
      }
      const piece = Buffer.byteLength(rest) <= room ? '' : headOf(rest, room - Buffer.byteLength(open));
      if (part !== null || piece !== '') parts.push(piece === '' ? (part ?? '') : open + piece);
      part = null;
      rest = rest.slice(piece.length);
    }
  }
  return part === null ? parts : [...parts, part];
}

/** As many whole characters from the beginning as fit. */
function headOf(text: string, bytes: number): string {
  let size = 0;
  let end = 0;
  for (const sign of text) {
    size += Buffer.byteLength(sign);
    if (size > bytes) break;
    end += sign.length;
  }
  return text.slice(0, end);
}
