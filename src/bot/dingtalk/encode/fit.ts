/** Cuts a message into parts whose encoded size, with every sign that JSON writes longer, stays within the platform's limit (dossier 3.2, 3.3). */
import { splitLines } from '../../wire/split';

/** The least that a part is cut down to, in bytes; signs that JSON writes longer than two bytes were taken out before. */
const LEAST = 64;

/** Numbered parts of the lines, each at most `max` bytes once `encode` has made its body. `max` has to leave room for what stands around it. */
export function fitLines(lines: readonly string[], max: number, encode: (part: string) => string): readonly string[] {
  let room = Math.max(LEAST, max - Buffer.byteLength(encode('')));
  for (;;) {
    const parts = splitLines(lines, room);
    const largest = Math.max(...parts.map((part) => Buffer.byteLength(encode(part))));
    if (largest <= max || room === LEAST) return parts;
    room = Math.max(LEAST, Math.min(room - LEAST, Math.floor((room * max) / largest)));
  }
}
