/** A title in lines as the standard asks for: words stay whole, the lines are of like length (GB/T 9704-2012, 7.3.1). */
import { SIZE, TYPE_WIDTH } from './layout';
import { widthOf } from './text';

/** Characters of a title on one line. */
const A_LINE = Math.floor(TYPE_WIDTH / (SIZE.title * 20));

/** One line where it fits, else as few as can be. Together they are the title. */
export function titleLines(title: string): readonly string[] {
  const count = Math.ceil(widthOf(title) / A_LINE);
  return count <= 1 ? [title] : broken(wordsIn(title), count);
}

/** The first line as near as can be to its share, then the rest. */
function broken(words: readonly string[], count: number): readonly string[] {
  const whole = words.join('');
  if (count <= 1) return [whole];
  const share = widthOf(whole) / count;
  const places = words.flatMap((_, i) => (i === 0 || !mayBegin(words[i] ?? '') ? [] : [i]));
  const off = (place: number): number =>
    Math.abs(widthOf(words.slice(0, place).join('')) - share) - (words[place] === '（' || words[place - 1] === '事件' ? NATURAL : 0);
  const fitting = places.filter((place) => widthOf(words.slice(0, place).join('')) <= A_LINE && fits(words.slice(place), count - 1));
  const [best] = fitting.sort((a, b) => off(a) - off(b));
  return best === undefined ? [whole] : [words.slice(0, best).join(''), ...broken(words.slice(best), count - 1)];
}

/** The matter, and what stands in brackets, are lines of their own, even where one is somewhat shorter. */
const NATURAL = 6;

function fits(words: readonly string[], count: number): boolean {
  return widthOf(words.join('')) <= A_LINE * count;
}

/** A line begins neither with a closing mark nor with 的. */
function mayBegin(word: string): boolean {
  return !/^[的）》」』】、，。；：！？]/.test(word);
}

/** Words as a dictionary knows them; marks are words of their own. */
function wordsIn(title: string): readonly string[] {
  return [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)].map(({ segment }) => segment);
}
