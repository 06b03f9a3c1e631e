/** All the word lists of the reader behind one finder, so that a text is walked through once. */
import { PROVINCES } from '../provinces';
import { type Spots, spotter } from '../spotter';
import { counties } from './counties';
import { handling } from './handling';
import { hints } from './hints';
import { matter } from './matter';
import { places } from './places';
import { talk } from './talk';
import { voice } from './voice';

const LISTS = { ...talk, ...matter, ...handling, ...places, ...hints, ...voice, ...counties, province: PROVINCES.join(' ') } as const;

export type WordList = keyof typeof LISTS;
/** Where the words of each list stand in a normalised text. */
export type Words = Spots<WordList>;

export const wordsOf: (text: string) => Words = spotter<WordList>(LISTS);
