/** Names of files that are made from people's words: safe on every system, and never a way into another folder. */

/** Names that Windows keeps for devices. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/iu;
const LONGEST = 80;

/** The words as the name of a file with this ending (`docx`); what no file may be called by becomes a dash. Pure, may run twice. */
export function fileName(words: string, ending: string): string {
  const plain = words
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\\/:*?"<>|%~$]+|\.{2,}/gu, '-')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.=+@-]+|[\s.]+$/gu, '');
  const short = [...plain].slice(0, LONGEST).join('').trim();
  return `${short === '' || RESERVED.test(short) ? `文件${short}` : short}.${ending}`;
}
