/** State secrets never enter: words that mark them stop a message before anything of it is stored or echoed (procedure.md section 9). */

/** Looked for in the text without any space or invisible sign; the look-arounds let everyday words pass (拒绝密集, 手机密码). */
const MARKS = [/(?<![拒杜断隔谢])绝密/u, /机密(?![码切集布封闭])/u, /秘密(?:[★☆]|级|文件|件)/u, /(?<![★☆])[★☆]\d{1,2}年/u];
const INVISIBLE = /\s|\p{Cf}|\p{Variation_Selector}/gu;
/** Everyday words that merely contain a mark. */
const HARMLESS = /商业[秘机]密/gu;

export type Screening = { readonly is: 'clean' } | { readonly is: 'stopped'; readonly why: 'state_secret' };

/** Pure. May run twice. */
export function screen(text: string): Screening {
  const plain = text.normalize('NFKC').replace(INVISIBLE, '').replace(HARMLESS, '');
  return MARKS.some((mark) => mark.test(plain)) ? { is: 'stopped', why: 'state_secret' } : { is: 'clean' };
}
