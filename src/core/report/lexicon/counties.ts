/** The names of counties and cities as word lists: written out, short, wards and the cities ahead of them. */
import { CITY_STEMS } from '../cityNames';
import { AMBIGUOUS_STEMS, COUNTY_STEMS } from '../countyNames';

const SUFFIXES = ['县', '区', '市', '旗'] as const;

/** Short names of counties and cities that mean nothing else, with their full names. */
export const SHORT_NAMES: ReadonlyMap<string, string> = new Map(
  (['县', '市'] as const).flatMap((suffix) =>
    COUNTY_STEMS[suffix].filter((s) => s.length >= 2 && s.length <= 4 && !AMBIGUOUS_STEMS.has(s)).map((s) => [s, s + suffix] as const),
  ),
);

export const counties = {
  county: SUFFIXES.flatMap((suffix) => COUNTY_STEMS[suffix].map((stem) => stem + suffix)).join(' '),
  countyShort: [...SHORT_NAMES.keys()].join(' '),
  ward: COUNTY_STEMS.区.filter((s) => s.length >= 2).join(' '),
  city: CITY_STEMS,
} as const;
