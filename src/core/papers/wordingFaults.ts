/** What the shape of the paper wording cannot show: fillers that do not exist, elements named twice, records of unknown kinds, papers that go nowhere. */
import type { PlanPack } from '../plans/packSchema';
import { PAPERS, type PaperKind } from '../plans/schema/papers';
import { RECORD_KINDS } from '../plans/schema/records';
import { DUTY_FILLERS, HAND, INCIDENT_FILLERS, isFiller } from './fillers';
import { pathsOut } from './recipients';
import type { PaperElement, PaperWording } from './wording';

/** One fault by the path of its entry. */
export interface WordingFault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly zh: string;
}

/** All of them, in the order of the file. Pure. */
export function wordingFaults({ kinds }: PaperWording): readonly WordingFault[] {
  return Object.entries(kinds).flatMap(([kind, { title, issue = '', numbered, record, sections }]) => {
    const keys = sections.flatMap(({ elements }) => elements.map(({ key }) => key));
    const elements = sections.flatMap((section, i) =>
      section.elements.map((element, j) => ({ element, path: ['kinds', kind, 'sections', i, 'elements', j] })),
    );
    return [
      ...(/\{(?:序号|期号)\}/.test(title + issue) && !numbered
        ? [fault(['kinds', kind, 'title'], 'not_numbered', '标题或期号有序号，须写 numbered: true')]
        : []),
      ...unknownPlaces(title).map((place) => fault(['kinds', kind, 'title'], 'unknown_place', `标题里没有 ${place} 这一项`)),
      ...unknownPlaces(issue.replace('{期号}', '')).map((place) =>
        fault(['kinds', kind, 'issue'], 'unknown_place', `期号里没有 ${place} 这一项`),
      ),
      ...elements.flatMap(({ element: { key, fill, of }, path }) => [
        ...(isFiller(fill) ? [] : [fault([...path, 'fill'], 'unknown_fill', `没有 ${fill} 这一种取数办法`)]),
        ...(isFiller(fill) && !fills(lifeOf(elements), fill)
          ? [
              fault(
                [...path, 'fill'],
                'other_life',
                `${fill} 不在${lifeOf(elements) === 'duty' ? '班次' : '事件'}的记录里，这一项永远是空的`,
              ),
            ]
          : []),
        ...(fill.startsWith('record_') && record === undefined && !Object.hasOwn(RECORD_KINDS, of ?? '')
          ? [fault([...path, 'of'], 'unknown_record', '须写明是哪一种工作记录')]
          : []),
        ...(keys.filter((other) => other === key).length > 1 ? [fault([...path, 'key'], 'twice', `${key} 写了两次`)] : []),
      ]),
    ];
  });
}

/** Kinds that go by the plan's paths and find none in this plan: nobody would get them. Pure. */
export function pathlessKinds(wording: PaperWording, plan: PlanPack): readonly WordingFault[] {
  return (Object.keys(PAPERS) as PaperKind[])
    .filter((kind) => wording.kinds[kind].to === 'paths' && pathsOut(plan, wording, kind).length === 0)
    .map((kind) => fault(['kinds', kind, 'to'], 'no_path', `预案 ${plan.pack} 没有报送${PAPERS[kind]}的路径，也没有报告路径可借用`));
}

type Life = 'duty' | 'incident';

/** Whose record a kind is filled from: of the shift where most of what fills it is there alone. */
function lifeOf(elements: readonly { readonly element: PaperElement }[]): Life {
  const only = (mine: object, other: object): number =>
    elements.filter(({ element: { fill } }) => Object.hasOwn(mine, fill) && !Object.hasOwn(other, fill)).length;
  return only(DUTY_FILLERS, INCIDENT_FILLERS) > only(INCIDENT_FILLERS, DUTY_FILLERS) ? 'duty' : 'incident';
}

function fills(life: Life, fill: string): boolean {
  return fill === HAND || Object.hasOwn(life === 'duty' ? DUTY_FILLERS : INCIDENT_FILLERS, fill);
}

function fault(path: WordingFault['path'], code: string, zh: string): WordingFault {
  return { path, code, zh: `${path.join('.')}：${zh}` };
}

function unknownPlaces(title: string): readonly string[] {
  return (title.match(/\{[^}]*\}/g) ?? []).filter((place) => !PLACES.has(place));
}

const PLACES: ReadonlySet<string> = new Set(['{事由}', '{序号}', '{期号}', '{日期}']);
