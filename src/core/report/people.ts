/** Who is affected, hurt or dead: numbers with a classifier for people, told apart by the words around them. */
import { clauseIndex } from './clauses';
import { type Count, counts } from './counts';
import type { Draft } from './draft';
import { type Found, found, type Interval, type Span } from './fields';
import { within } from './ordered';
import { signOf } from './units';

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
  const mayDeny = (draft.signs & HARM) !== 0 && (draft.signs & DENIAL) !== 0;
  const dead = gravest(all, isDead) ?? (mayDeny ? none(draft.text, NO_DEATHS) : null);
  const injured = injuredOf(draft, all, dead) ?? (mayDeny ? none(draft.text, NO_INJURED) : null);
  return { involved: involvedOf(draft, all, injured, dead), injured, dead, grave: gravest(all, isGrave), all };
}

const NO_HARM = '(?:无|未|没有?|尚未|暂无|未造成|没有造成|不存在)(?:造成|出现|发生|接报|发现|有)?(?:任何)?(?:人员|人|群众|师生|消费者)?';
const NO_INJURED = new RegExp(`${NO_HARM}(?:伤亡|受伤|受轻伤|受到伤害|中毒)|没伤着?人|没人伤|没有?伤着|没人受伤|没伤人|没有?伤到人|未伤人`);
const NO_DEATHS = new RegExp(
  `${NO_HARM}(?:伤亡|死亡|死人)|没伤人|未伤人|(?:无|没有?)[^,。;]{0,8}(?:及|和|、|或)死亡|没有?人?死(?!心|了)|没有?死的|没死|没有?人员?死|没有?出人命|没人死|死倒是没`,
);

/** Each way of saying that nobody came to harm has one of these, and one of those. */
const HARM = signOf('伤亡死毒命');
const DENIAL = signOf('无未没不');

function none(text: string, pattern: RegExp): Found<number> | null {
  const m = pattern.exec(text);
  return m === null ? null : found(0, [{ start: m.index, end: m.index + m[0].length }], 0.95, 'denied');
}

function lower({ interval }: Count): number {
  return interval.min ?? interval.max ?? 0;
}

function largest(list: readonly Count[]): Count | null {
  return list.reduce<Count | null>((top, c) => (top === null || lower(c) > lower(top) ? c : top), null);
}

const isDead = ({ fate }: Count): boolean => fate === 'dead';
const isGrave = ({ grave }: Count): boolean => grave;

/** The largest of those; what a speaker takes back does not count. */
function gravest(all: readonly Count[], isOne: (count: Count) => boolean): Found<number> | null {
  const top = all.some(isOne) ? largest(all.filter(isOne)) : null;
  return top === null ? null : found(lower(top), [top], 0.9, top.rule);
}

/** All with symptoms and alive: when the ill were counted with the dead among them, the dead are taken off. */
function injuredOf(draft: Draft, all: readonly Count[], dead: Found<number> | null): Found<number> | null {
  if (all.length === 0) return null;
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
function involvedOf(
  draft: Draft,
  all: readonly Count[],
  injured: Found<number> | null,
  dead: Found<number> | null,
): Found<Interval> | null {
  const harmed = (injured?.value ?? 0) + (dead?.value ?? 0);
  const concerned = harmed === 0 ? all : all.filter((c) => c.fate !== 'plain' || !isAtTable(draft.text, c));
  const top = heaviest(concerned);
  if (top !== undefined && lower(top) >= harmed) return found(top.interval, [top], 0.75 + 0.1 * Math.max(0, top.weight), top.rule);
  if (harmed === 0) return singleOf(draft);
  const spans: readonly Span[] = [...(injured?.spans ?? []), ...(dead?.spans ?? [])];
  return found({ min: harmed, max: harmed }, spans, 0.8, 'the hurt and the dead together');
}

/** The one of most weight, the largest of those, the first of these. */
function heaviest(list: readonly Count[]): Count | undefined {
  let top = list[0];
  for (const c of list) if (top !== undefined && (c.weight > top.weight || (c.weight === top.weight && lower(c) > lower(top)))) top = c;
  return top;
}

/** 43名村民就餐, 当时有四十来个小孩: those who were there and stayed well are not concerned. */
function isAtTable(text: string, { start, end }: Count): boolean {
  const ahead = text.slice(Math.max(0, start - 8), start);
  const behind = text.slice(end, end + 10);
  if (/^[^,。;]{0,8}后[^,。]{0,6}(?:出现|呕|腹|不适|发|陆续|相继)/.test(text.slice(end, end + 16))) return false;
  return (
    /(?:就餐|用餐|聚餐|赴宴|参加|当时|里头有|里面有|一桌)[^,。;]{0,4}$/.test(ahead) ||
    /^[^,。;]{0,4}(?:就餐|用餐|聚餐|赴宴|吃饭|吃席|在场|参加)/.test(behind)
  );
}

const SINGLE =
  /(?:有个|有位|[\u4e00-\u9fff]?一个)(?:大[爷妈娘叔姐哥]|阿姨|老[人太头汉奶]|顾客|消费者|客人|市民|女的|男的|女士|小伙|姑娘|学生|家长|业主|司机|买家|网友(?=投诉|反映))|[\u4e00-\u9fff](?:先生|女士|阿姨|大爷|大妈|师傅)(?!们)|姓[\u4e00-\u9fff](?:的)?(?:顾客|女士|先生|消费者|买家|大)/;

/** One person told of without a number: 王先生反映, 有个大爷被骗. */
function singleOf({ text, words }: Draft): Found<Interval> | null {
  if (words.single.length === 0) return null;
  const m = SINGLE.exec(text);
  if (m === null || /(?:联系人|经办|带队|领导|局长|所长|[:@])[^,。;]{0,6}$/.test(text.slice(Math.max(0, m.index - 8), m.index)))
    return null;
  return found({ min: 1, max: 1 }, [{ start: m.index, end: m.index + m[0].length }], 0.6, 'one person');
}
