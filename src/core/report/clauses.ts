/** Sentences and clauses of a normalised text, and whether a word in them is denied. */
import type { Span } from './fields';

export interface Clause extends Span {
  readonly words: string;
  /** Number of the sentence it belongs to. */
  readonly sentence: number;
}

/** Clauses in order, cut at commas, stops, semicolons, line ends and at spaces used in their stead; empty ones left out. */
export function clausesOf(text: string, from = 0, to = text.length): readonly Clause[] {
  const out: Clause[] = [];
  let sentence = 0;
  let start = from;
  for (let i = from; i <= to; i += 1) {
    const char = i === to ? '\n' : (text[i] ?? '\n');
    if (!/[,。;!?\n]/.test(char) && !(char === ' ' && betweenWords(text, i))) continue;
    const words = text.slice(start, i);
    const lead = words.length - words.trimStart().length;
    if (words.trim() !== '') out.push({ start: start + lead, end: start + lead + words.trim().length, words: words.trim(), sentence });
    if (char !== ',' && char !== ' ') sentence += 1;
    start = i + 1;
  }
  return out;
}

function betweenWords(text: string, at: number): boolean {
  if (/^ \d{1,2}[.、)](?!\d)/.test(text.slice(at, at + 5))) return true;
  return /[\p{Script=Han}”)\d]/u.test(text[at - 1] ?? '') && /[\p{Script=Han}“]/u.test(text[at + 1] ?? '');
}

const DENIAL =
  /(?:无|未|没有?|不|非|避免|防止|杜绝|暂无|并未|尚未|严防)(?:出现|发生|发现|接到|收到|造成|引发|有|见|任何|人员|群体|群众|再|存在|涉及|现)*$/;

/** Is the word at `start` denied by the few words ahead of it (无群体聚集, 未接到投诉)? */
export function isDenied(text: string, start: number): boolean {
  return DENIAL.test(text.slice(Math.max(0, start - 10), start));
}
