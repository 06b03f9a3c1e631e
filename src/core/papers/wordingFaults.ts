/** What the shape of the paper wording cannot show: fillers that do not exist, elements named twice, records of unknown kinds. */
import { RECORD_KINDS } from '../plans/schema/records';
import { isFiller } from './fillers';
import type { PaperWording } from './wording';

/** One fault by the path of its entry. */
export interface WordingFault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly zh: string;
}

/** All of them, in the order of the file. Pure. */
export function wordingFaults({ kinds }: PaperWording): readonly WordingFault[] {
  return Object.entries(kinds).flatMap(([kind, { title, numbered, record, sections }]) => {
    const keys = sections.flatMap(({ elements }) => elements.map(({ key }) => key));
    const elements = sections.flatMap((section, i) =>
      section.elements.map((element, j) => ({ element, path: ['kinds', kind, 'sections', i, 'elements', j] })),
    );
    return [
      ...(/\{(?:序号|期号)\}/.test(title) && !numbered
        ? [fault(['kinds', kind, 'title'], 'not_numbered', '标题有序号，须写 numbered: true')]
        : []),
      ...unknownPlaces(title).map((place) => fault(['kinds', kind, 'title'], 'unknown_place', `标题里没有 ${place} 这一项`)),
      ...elements.flatMap(({ element: { key, fill, of }, path }) => [
        ...(isFiller(fill) ? [] : [fault([...path, 'fill'], 'unknown_fill', `没有 ${fill} 这一种取数办法`)]),
        ...(fill.startsWith('record_') && record === undefined && !Object.hasOwn(RECORD_KINDS, of ?? '')
          ? [fault([...path, 'of'], 'unknown_record', '须写明是哪一种工作记录')]
          : []),
        ...(keys.filter((other) => other === key).length > 1 ? [fault([...path, 'key'], 'twice', `${key} 写了两次`)] : []),
      ]),
    ];
  });
}

function fault(path: WordingFault['path'], code: string, zh: string): WordingFault {
  return { path, code, zh: `${path.join('.')}：${zh}` };
}

function unknownPlaces(title: string): readonly string[] {
  return (title.match(/\{[^}]*\}/g) ?? []).filter((place) => !PLACES.has(place));
}

const PLACES: ReadonlySet<string> = new Set(['{事由}', '{序号}', '{期号}', '{日期}']);
