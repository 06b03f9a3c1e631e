/** Unified diffs, applied to a text: by their words, not by their line numbers, so that they outlive changes elsewhere in a file. */

export interface Patch {
  readonly files: readonly FilePatch[];
}
export interface FilePatch {
  /** From the root of the tree. */
  readonly path: string;
  readonly hunks: readonly Hunk[];
}
interface Hunk {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What stands before the first `---` is for people. Throws for a patch that changes nothing. */
export function parsePatch(text: string): Patch {
  const [, ...parts] = text.split(/^--- /m);
  const files = parts.map((part): FilePatch => {
    const [, path = ''] = /^\+\+\+ b\/(\S+)$/m.exec(part) ?? [];
    const [, ...hunks] = part.split(/^@@.*@@.*\n/m);
    return { path, hunks: hunks.map(hunkOf) };
  });
  if (files.length === 0 || files.some(({ path, hunks }) => path === '' || hunks.length === 0)) throw new Error('a patch changes nothing');
  return { files };
}

/** The text with the patch in it; null where what it changes does not stand there exactly once. */
export function applied(text: string, { hunks }: FilePatch): string | null {
  let now = text;
  for (const { before, after } of hunks) {
    const parts = now.split(`${before.join('\n')}\n`);
    const [head, tail] = parts;
    if (parts.length !== 2 || head === undefined || tail === undefined) return null;
    now = `${head}${after.map((line) => `${line}\n`).join('')}${tail}`;
  }
  return now;
}

function hunkOf(text: string): Hunk {
  const lines = text.split('\n').filter((line) => /^[ +-]/.test(line));
  const without = (sign: string): readonly string[] => lines.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1));
  return { before: without('+'), after: without('-') };
}
