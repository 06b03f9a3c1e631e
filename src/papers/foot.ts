/** What stands below the text: attachments, signature with the empty place of its seal, note. */
import { AlignmentType, type Paragraph, type Table } from 'docx';
import type { OfficialPaper } from '../core/papers/official';
import { EMPTY_DATE } from './head';
import { imprint } from './imprint';
import { blank, characters, paragraph, run } from './runs';
import { widthOf } from './text';

/** Everything behind the text. A bulletin is dated in its head, a sheet is signed by hand where it says so. */
export function foot(paper: OfficialPaper): readonly (Paragraph | Table)[] {
  const form = paper.form ?? 'document';
  const isSigned = form === 'document' || form === 'letter';
  return [...attachments(paper), ...(isSigned ? signature(paper) : []), ...note(paper, form === 'sheet'), ...imprint(paper)];
}

/** One line below the text, two characters in; several are numbered, and a long name goes on below its own first character. */
function attachments({ attachments: names }: OfficialPaper): readonly Paragraph[] {
  if (names.length === 0) return [];
  const many = names.length > 1;
  const hanging = many ? 1 : 0;
  const lines = names.map((name, i) => {
    const words = `${many ? `${i + 1}. ` : ''}${name}`;
    return i === 0
      ? paragraph([run(`附件：${words}`, 'fangsong')], {
          indent: { left: characters(5 + hanging), hanging: characters(3 + hanging) },
          keepNext: true,
        })
      : paragraph([run(words, 'fangsong')], { indent: { left: characters(5 + hanging), hanging: characters(hanging) }, keepNext: true });
  });
  return [held(), ...lines];
}

/** Two lines are free for a seal above organ and date; without a seal none is. */
function signature(paper: OfficialPaper): readonly Paragraph[] {
  const { organ, sealed = true } = paper;
  const date = paper.date ?? EMPTY_DATE;
  const indents = sealed ? underSeal(widthOf(organ), widthOf(date)) : bare(widthOf(organ), widthOf(date));
  const line = (words: string, right: number, isLast: boolean): Paragraph =>
    paragraph([run(words, 'fangsong')], {
      alignment: AlignmentType.RIGHT,
      indent: { right: characters(right) },
      ...(isLast && paper.note === null ? {} : { keepNext: true }),
    });
  return [held(), ...(sealed ? [held()] : []), line(organ, indents.organ, false), line(date, indents.date, true)];
}

/** A free line that stays with what comes below: a signature never stands on a page without a line of the text. */
function held(): Paragraph {
  return paragraph([run('', 'fangsong')], { keepNext: true });
}

/** From the right edge, in characters. */
interface Indents {
  readonly organ: number;
  readonly date: number;
}

const DATE_UNDER_SEAL = 4;
const ORGAN_BARE = 2;

/** The date four characters in, the organ centred above it. */
function underSeal(organ: number, date: number): Indents {
  return { organ: Math.max(0, DATE_UNDER_SEAL + date / 2 - organ / 2), date: DATE_UNDER_SEAL };
}

/** The organ two characters in, the date beginning two further right; a longer date stands two in and moves the organ left. */
function bare(organ: number, date: number): Indents {
  const right = ORGAN_BARE + organ - 2 - date;
  return right >= ORGAN_BARE ? { organ: ORGAN_BARE, date: right } : { organ: ORGAN_BARE * 2 + date - organ, date: ORGAN_BARE };
}

/** In round brackets, two characters in, on the line under the date; on a sheet a line below the list. */
function note({ note: words }: OfficialPaper, isApart: boolean): readonly Paragraph[] {
  if (words === null) return [];
  return [...(isApart ? [blank()] : []), paragraph([run(`（${words}）`, 'fangsong')], { indent: { left: characters(2) } })];
}
