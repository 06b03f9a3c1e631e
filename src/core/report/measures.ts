/** What has been done or is being done by those who handle the matter, one short phrase each; never what is only planned. */
import { type Clause, clausesOf } from './clauses';
import type { Draft } from './draft';
import { type Found, found, type Span } from './fields';
import { sectionsOf } from './headings';
import { covers, holds, within } from './ordered';

const LONGEST = 40;

/** The measures of a normalised text in order, without 已 and whoever stands before it. */
export function measures(draft: Draft): readonly Found<string>[] {
  const headed = sectionsOf(draft.text, draft.sections, 'measures');
  const rule = headed.length > 0 ? 'heading' : 'act done';
  const spans = headed.length > 0 ? headed.flatMap((s) => phrases(draft, s)) : free(draft);
  return spans.flatMap((s) => {
    const length = s.end - s.start;
    return length < 2 || length > LONGEST ? [] : [found(draft.text.slice(s.start, s.end), [s], headed.length > 0 ? 0.9 : 0.75, rule)];
  });
}

function phrases({ text, words }: Draft, section: Span): readonly Span[] {
  return clausesOf(text, section.start, section.end)
    .filter((c) => !holds(words.planned, c.start, c.end) && (holds(words.acts, c.start, c.end) || !/^(?:暂?无|未|没)/.test(c.words)))
    .map((c) => shortened({ words }, c));
}

/** In running text: a clause that tells of an act done, and those of the same sentence that go on from it. */
function free(draft: Draft): readonly Span[] {
  const out: Span[] = [];
  const told = draft.sections.filter((s) => s.label !== 'remark');
  let acting = -1;
  for (const clause of draft.clauses) {
    if (covers(told, clause)) continue;
    const goesOn = acting === clause.sentence && holds(draft.words.acts, clause.start, clause.end);
    if (!(goesOn || tellsOfAct(draft, clause)) || isOthers(draft, clause)) continue;
    acting = clause.sentence;
    out.push(shortened(draft, clause));
  }
  return out;
}

const PASSIVE = /^[^,]{2,8}(?:已|全|也)(?:封|抽|停|扣|送检|退|下架|到|撤|关|查|立案)/;

/** 已…, or an act behind a word that says it is done, or an act at the head of the clause, or an act with 了 behind it. */
function tellsOfAct({ text, words }: Draft, clause: Clause): boolean {
  if (/^已[^,]{2,}/.test(clause.words) || PASSIVE.test(clause.words)) return true;
  const acts = within(words.acts, clause.start, clause.end);
  const first = acts[0];
  if (first === undefined) return false;
  if (first.start === clause.start) return true;
  if (acts.some((a) => /^(?:了|过去|掉|完|到位)/.test(text.slice(a.end, a.end + 2)))) return true;
  return within(words.done, clause.start, clause.end).some((d) => acts.some((a) => a.start >= d.end && a.start - d.end <= 24));
}

function isOthers({ words }: Draft, clause: Clause): boolean {
  if (holds(words.planned, clause.start, clause.end) || holds(words.others, clause.start, clause.end)) return true;
  if (
    /^已?(?:接|收)到|^已[\d一二三四五六七八九十百千]+[余多来]?[人名件单户位]|^经[^,]{0,6}(?:调查|核查|核实|检查|排查|摸排)|^[暂尚]?[未无没]/.test(
      clause.words,
    )
  )
    return true;
  if (/(?:领导|省局|总局|市局|县局)[^,]{0,4}要求/.test(clause.words)) return true;
  const customer = within(words.customers, clause.start, clause.end)[0];
  if (customer === undefined) return false;
  return (
    customer.start - clause.start <= 3 &&
    /(?:要求|报警|联系|举报|投诉|希望|登记|打|要)/.test(clause.words.slice(customer.end - clause.start, customer.end - clause.start + 8))
  );
}

const LEAD =
  /^(?:[\d一二三四五六七八九十]{1,2}[、.)]\s?)?(?:(?:目前|现|现在|接报后|接诉后|随后|并|同时|且|,|当前|针对[^,]{1,12}的?)?(?:我们?[局所]?里?|咱们?|[^,“]{0,12}?(?:局|所|科|组|队|部门)里?)?(?:目前|现)?(?:就|也|都)?(?:已经|已|正在|正|立即|先)(?=[^,]{2}))?/;

/** 湖滨分局已派员到场 → 派员到场; what is too long keeps its end, where the act stands. */
function shortened({ words }: Pick<Draft, 'words'>, clause: Clause): Span {
  const start = clause.start + (LEAD.exec(clause.words)?.[0].length ?? 0);
  if (clause.end - start <= LONGEST) return { start, end: clause.end };
  const act = within(words.acts, start, clause.end)[0]?.start ?? start;
  return { start: act, end: Math.min(clause.end, act + LONGEST) };
}
