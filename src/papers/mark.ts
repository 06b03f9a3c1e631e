/** 发文机关标志: the organ's name in red, as large as fits on one line. */
import { type IParagraphOptions, LineRuleType, type Paragraph } from 'docx';
import { pt, RED } from './layout';
import { CENTRED, paragraph, run } from './runs';

/** At most 22 mm high, 154 mm wide; `before` and `after` in twips. */
export function mark(words: string, { before = 0, after = 0, ...more }: Space & Pick<IParagraphOptions, 'indent'>): Paragraph {
  const size = Math.min(LARGEST, Math.floor(WIDEST_PT / Math.max(1, [...words].length)));
  return paragraph([run(words, 'xiaobiaosong', size, RED)], {
    ...CENTRED,
    ...more,
    spacing: { before, after, line: pt(size), lineRule: LineRuleType.EXACT },
  });
}

interface Space {
  readonly before?: number;
  readonly after?: number;
}

const LARGEST = 54;
const WIDEST_PT = (154 / 25.4) * 72;
