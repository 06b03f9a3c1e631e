/** State secrets never enter: words that mark them stop a message before anything of it is stored or echoed (procedure.md section 9). */

const MARKS = [/绝\s*密/u, /机\s*密\s*(?:[★☆]|文件|级|件|材料)/u, /秘\s*密\s*(?:[★☆]|级|文件|件)/u, /[★☆]\s*\d+\s*年/u];
/** Everyday words that merely contain a mark. */
const HARMLESS = /商业秘密|保密局|机密计算/gu;

export type Screening = { readonly is: 'clean' } | { readonly is: 'stopped'; readonly why: 'state_secret' };

/** Pure; looks at the text with width and spaces normalised. May run twice. */
export function screen(text: string): Screening {
  const plain = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff]/gu, '')
    .replace(HARMLESS, '');
  return MARKS.some((mark) => mark.test(plain)) ? { is: 'stopped', why: 'state_secret' } : { is: 'clean' };
}
