/** What every rule of the reader works from: one normalised text with its words, clauses, numbers, headings and counties, each found once. */
import { type Clause, spokenClauses } from './clauses';
import { type CountyMention, countyMentions } from './district';
import type { Lexicon } from './fields';
import { headings, type Section } from './headings';
import { type Words, wordsOf } from './lexicon/words';
import { type Numeral, numerals } from './numerals';
import { signsIn } from './units';

export interface Draft {
  readonly text: string;
  /** Which signs the text has: see `signOf`. */
  readonly signs: number;
  readonly words: Words;
  readonly clauses: readonly Clause[];
  readonly numbers: readonly Numeral[];
  readonly sections: readonly Section[];
  readonly counties: readonly CountyMention[];
}

export function draftOf(text: string, lexicon: Lexicon, words: Words = wordsOf(text)): Draft {
  return {
    text,
    signs: signsIn(text),
    words,
    clauses: spokenClauses(text, words),
    numbers: numerals(text),
    sections: headings(text, words.label),
    counties: countyMentions(text, lexicon, words),
  };
}
