/** Reads a stream line by line, and stretches of lines in large pieces. */
import { BackupFault, CLOSING } from './format';

const NEWLINE = 10;
/** A header of hundreds of tables stays far below it. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** One reader of one stream, forward only. */
export class Lines {
  private held: Buffer = Buffer.alloc(0);
  private readonly source: AsyncIterator<Buffer>;

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** The next line with its end. Throws BackupFault when there is none: the file was cut off. */
  async line(): Promise<Buffer> {
    let end = this.held.indexOf(NEWLINE);
    while (end < 0) {
      if (this.held.length > LONGEST_LINE) throw new BackupFault('不是烽火的备份文件。');
      await this.more();
      end = this.held.indexOf(NEWLINE);
    }
    return this.take(end + 1);
  }

  /** Whole lines in pieces, up to the line that ends a table, which is taken too. */
  async *table(): AsyncGenerator<Buffer> {
    for (;;) {
      while (!this.held.includes(NEWLINE)) await this.more();
      const end = this.held.indexOf(`\n${CLOSING}`);
      const isEnded = this.held.indexOf(CLOSING) === 0;
      const upTo = isEnded ? 0 : end >= 0 ? end + 1 : this.held.lastIndexOf(NEWLINE) + 1;
      if (upTo > 0) yield this.take(upTo);
      if (!isEnded && end < 0) continue;
      this.take(CLOSING.length);
      return;
    }
  }

  /** Is there nothing behind what was read? */
  async isOver(): Promise<boolean> {
    return this.held.length === 0 && (await this.source.next()).done === true;
  }

  private async more(): Promise<void> {
    const next = await this.source.next();
    if (next.done) throw new BackupFault('备份文件不完整：在末尾之前断了。');
    this.held = this.held.length === 0 ? next.value : Buffer.concat([this.held, next.value]);
  }

  private take(length: number): Buffer {
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    return taken;
  }
}

/** How many lines end in a piece. */
export function linesIn(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
