/** Who is affected, hurt or dead: numbers with a classifier for people, told apart by the words around them. */
import { clauseIndex } from './clauses';
import { type Count, counts } from './counts';
import type { Draft } from './draft';
import { type Found, found, type Interval, type Span } from './fields';
import { within } from './ordered';

export interface People {
  readonly involved: Found<Interval> | null;
  readonly injured: Found<number> | null;
  readonly dead: Found<number> | null;
  /** Of the injured, those whose life is at stake; no field of its own, but plans measure it. */
  readonly grave: Found<number> | null;
  readonly all: readonly Count[];
}

/** The three counts of a text; 无人员伤亡 is 0 and 0, what is not told is null. */
export function people(draft: Draft): People {
  const all = counts(draft);
  const dead = gravest(all.filter((c) => c.fate === 'dead')) ?? none(draft.text, NO_DEATHS);
  const injured = injuredOf(draft, all, dead) ?? none(draft.text, NO_INJURED);
  return { involved: involvedOf(all, injured, dead), injured, dead, grave: gravest(all.filter((c) => c.grave)), all };
}

const NO_HARM = '(?:无|未|没有?|尚未|暂无|未造成|没有造成|不存在)(?:造成|出现|发生|接报|发现|有)?(?:任何)?(?:人员|人|群众|师生|消费者)?';
const NO_INJURED = new RegExp(`${NO_HARM}(?:伤亡|受伤|受轻伤|受到伤害|中毒)|没伤着?人|没人伤|没有?伤着|没人受伤`);
const NO_DEATHS = new RegExp(`${NO_HARM}(?:伤亡|死亡|死人)|没死人|没有?出人命|没人死|死倒是没`);

function none(text: string, pattern: RegExp): Found<number> | null {
  const m = /[伤亡死毒命]/.test(text) ? pattern.exec(text) : null;
  return m === null ? null : found(0, [{ start: m.index, end: m.index + m[0].length }], 0.95, 'denied');
}

function lower({ interval }: Count): number {
  return interval.min ?? interval.max ?? 0;
}

function largest(list: readonly Count[]): Count | null {
  return list.reduce<Count | null>((top, c) => (top === null || lower(c) > lower(top) ? c : top), null);
}

/** The largest of them; what a speaker takes back does not count. */
function gravest(list: readonly Count[]): Found<number> | null {
  const top = largest(list);
  return top === null ? null : found(lower(top), [top], 0.9, top.rule);
}

/** All with symptoms and alive: when the ill were counted with the dead among them, the dead are taken off. */
function injuredOf(draft: Draft, all: readonly Count[], dead: Found<number> | null): Found<number> | null {
  const hurt = all.filter((c) => c.fate === 'hurt');
  const most = largest([...hurt, ...illInNextClause(draft, hurt, all)]);
  if (most === null) return null;
  const deaths = dead?.value ?? 0;
  const died = dead?.spans[0];
  const plain = found(lower(most), [most], 0.88, most.rule);
  if (died === undefined || deaths === 0) return plain;
  const between = draft.text.slice(most.end, died.end + 12);
  const among =
    most.start < died.start && plain.value > deaths && /其中|抢救无效|其余|余下|另/.test(between) && !/另有?[^,。;]{0,4}$/.test(between);
  const apart = hurt.some((c) => lower(c) === plain.value - deaths);
  return among || apart ? found(plain.value - deaths, [most], 0.8, `${most.rule}, less the dead`) : plain;
}

const GOES_ON =
  /^(?:并)?(?:相继|陆续|先后|均|都|全部|随后|之后|后|回家后|回去后|不久|就|开始|当晚|当夜|出现|目前|现|已|半夜|夜里|下午|晚上|饭后|食用后|吃完|喝完|用后|结果|然后|其中[^,]{0,6}(?:住院|送医|输液))/;

/** 20名学生在食堂就餐后,陆续呕吐: the symptoms may stand one or two clauses further on. */
function illInNextClause({ clauses, words }: Draft, hurt: readonly Count[], all: readonly Count[]): readonly Count[] {
  if (words.hurt.length === 0 || all.some((c) => c.fate === 'dead') || hurt.some((c) => c.weight >= 0)) return [];
  return all.filter((count) => {
    if (count.fate !== 'plain') return false;
    const at = clauseIndex(clauses, count.start);
    const own = clauses[at];
    return [clauses[at + 1], clauses[at + 2]].some(
      (next, i) =>
        at >= 0 &&
        next !== undefined &&
        (i === 0 ? GOES_ON.test(next.words) : /^(?:相继|陆续|先后|均|都|出现)/.test(next.words) && next.sentence === own?.sentence) &&
        within(words.hurt, next.start, next.end).some(
          (h) => !/[无没未不]/.test(next.words.slice(Math.max(0, h.start - next.start - 4), h.start - next.start)),
        ),
    );
  });
}

/** The overall number of the whole event; the sum when only the hurt and the dead are counted. */
function involvedOf(all: readonly Count[], injured: Found<number> | null, dead: Found<number> | null): Found<Interval> | null {
  const top = [...all].sort((a, b) => b.weight - a.weight || lower(b) - lower(a))[0];
  const harmed = (injured?.value ?? 0) + (dead?.value ?? 0);
  if (top !== undefined && lower(top) >= harmed) return found(top.interval, [top], 0.75 + 0.1 * Math.max(0, top.weight), top.rule);
  if (harmed === 0) return null;
  const spans: readonly Span[] = [...(injured?.spans ?? []), ...(dead?.spans ?? [])];
  return found({ min: harmed, max: harmed }, spans, 0.8, 'the hurt and the dead together');
}
