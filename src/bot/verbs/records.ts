/** Verbs of the work records: 方案, 联络, 抄告 … open one, 〔编号〕 and a step go on with it, the word alone lists them. */

import type { TextRef } from '../../core/incident/events';
import { recordsOf } from '../../core/incident/records/find';
import type { Amount } from '../../core/incident/records/record';
import type { Refusal } from '../../core/incident/refusal';
import type { Instant } from '../../core/instant';
import { RECORD_KINDS, type RecordKind } from '../../core/plans/schema/records';
import type { VaultText } from '../../ports/streams';
import { amountIn } from '../arguments/amount';
import { momentIn } from '../arguments/moment';
import { trimmed } from '../arguments/spaces';
import { keepWords } from '../turn';
import { labelled } from './labelled';
import { OPENINGS, type Opening, type OpeningOf } from './recordOpenings';
import { type Meant, meantBy } from './recordSaid';
import { type Build, type Built, built, glued, row, type Said, under, type VerbRow } from './row';
import { eachRecord } from './samples';

const PREFIX = 'record_';

/** One verb a kind; each alone lists its kind. */
export const RECORD_VERBS: readonly VerbRow[] = under({ section: '工作记录', who: '预案所列的工作组、科室和指挥人' }, [
  verb('scheme', '方案〔情况和措施〕@人〔事项〕18:00前；@人…', '登记处置方案；下达：方案 下达，各项分工成为任务'),
  verb('liaison', '联络〔单位〕〔事项〕〔时限〕', '联络外单位；答复：联络 2 答复〔内容、何人、时间〕', ['联络函']),
  verb('copy_notice', '抄告〔@科室、@人或单位〕〔情况〕', '抄告；被点名的回复收到，外单位：抄告 1 回执〔签收人〕〔时间〕'),
  verb('evidence', '证据〔何物、如何取得〕〔@保管人〕', '登记证据；核实：证据 1 核实'),
  verb('legal_question', '法律咨询〔问题〕〔关于口径1〕〔时限〕', '请法律人员答复；答复：法律咨询 1 答复〔意见和依据〕'),
  verb('goods', '物资 申领 帐篷10顶 18:00前', '申领物资车辆；物资 3 已发 10顶　物资 3 归还 8顶'),
  verb('opinion_sheet', '舆情 来源：… 链接：… 热度：… 不实：…', '建舆情处置单；更新：舆情 1 回应：…；办结：舆情 1 办结〔效果〕', [
    '舆情处置单',
  ]),
  verb('holding_statement', '口径〔文字〕', '拟对外口径；口径 1 审核、批准、退改、修改、移交'),
  verb('targeted_monitoring', '专项监测 2小时〔内容〕〔@人〕', '定时监测；报送：专项监测 1 情况〔内容〕；结束：专项监测 结束〔理由〕'),
  glued(verb('supervision', '督办〔县区〕〔要求〕〔时限〕', '督办县区局；答复：督办 1 答复〔内容〕')),
  verb('bulletin', '简报 编发〔内容〕', '编发一期简报；只输入简报看当前情况，简报 清单看各期'),
  verb('proposal', '建议〔内容〕', '提出处置建议；建议 1 采纳、不采纳'),
  verb('conclusion', '调查结论〔原因、影响、结论〕', '登记调查结论'),
  verb('meeting', '会议纪要〔议定事项〕', '登记会议纪要', ['会议']),
  verb('document', '公文 收〔单位〕〔标题文号〕，或 公文 发〔单位〕…', '登记收发文；公文 1 回执〔签收人〕〔时间〕　公文 1 办理〔情况〕'),
]);

function verb(kind: RecordKind, usage: string, what: string, more: readonly string[] = []): VerbRow {
  return glued(
    row(`${PREFIX}${kind}`, [RECORD_KINDS[kind], ...more], usage, what, record(kind), { samples: eachRecord(kind) }),
    /^[@＠0-9０-９]/u,
  );
}

/** What a record verb alone shows: the list of its kind, 简报 the summary. Null for every other word. */
export function recordsShown(verbId: string, rest: string): { readonly what: 'record_list' | 'summary'; readonly kind: RecordKind } | null {
  const kind = verbId.slice(PREFIX.length);
  if (!verbId.startsWith(PREFIX) || !isKind(kind)) return null;
  if (rest === '') return { what: kind === 'bulletin' ? 'summary' : 'record_list', kind };
  return /^(?:清单|列表|台账)$/u.test(rest) ? { what: 'record_list', kind } : null;
}

function isKind(kind: string): kind is RecordKind {
  return Object.hasOwn(RECORD_KINDS, kind);
}

function record(kind: RecordKind): Build {
  return (said) => {
    const meant = meantBy(said, kind);
    if (meant.is === 'refusal') return meant;
    if (meant.is === 'step') return entered(said, meant);
    const read: OpeningOf = OPENINGS[kind];
    const opening = read({ ...said, rest: meant.rest });
    return opening.is === 'refusal' ? opening : opened(said, kind, opening);
  };
}

/** Keeps every text of a person apart, and remembers all of them. */
function keeper({ turn }: Said): { readonly keep: (kind: string, words: string) => TextRef | null; readonly texts: VaultText[] } {
  const texts: VaultText[] = [];
  const keep = (kind: string, words: string): TextRef | null => {
    if (words === '') return null;
    const kept = keepWords(turn, kind, words);
    texts.push(kept.text);
    return kept.ref;
  };
  return { keep, texts };
}

function opened(said: Said, kind: RecordKind, opening: Opening): Built | Refusal {
  const { keep, texts } = keeper(said);
  const words = keep(kind, opening.words);
  const division = opening.division.flatMap(({ owner, what, dueAt }) => {
    const ref = keep('task', what);
    return ref === null ? [] : [{ owner, what: ref, dueAt }];
  });
  const { to, dueAt, every, amount, takenAt, hash, incoming } = opening;
  return built(
    {
      type: 'OpenRecord',
      ...{ kind, words, to, dueAt, every, amount, takenAt, hash, incoming, division },
      parts: partsOf(opening.parts, keep),
      about: aboutIn(said, opening.words),
    },
    texts,
  );
}

function partsOf(parts: Readonly<Record<string, string>>, keep: (kind: string, words: string) => TextRef | null) {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([label, words]) => {
      const ref = keep('part', words);
      return ref === null ? [] : [[label, ref] as const];
    }),
  );
}

/** The minute counts only where the step is told after it was done; goods are counted. */
function entered(said: Said, { record: { id, kind }, move, rest }: Extract<Meant, { is: 'step' }>): Built {
  const { keep, texts } = keeper(said);
  const [head = '', late = ''] = rest.split(/逾期原因\s*[:：]?\s*/u);
  const { words, parts } = kind === 'opinion_sheet' ? labelled(head) : { words: trimmed(head), parts: {} };
  const doneAt: Instant | null = move.minute ? (momentIn(words, said.turn.heardAt)?.at ?? null) : null;
  const amount: Amount | null = kind === 'goods' ? amountIn(words) : null;
  return built(
    {
      type: 'EnterRecord',
      ...{ record: id, move: move.id, amount, doneAt },
      words: keep(move.id, words),
      parts: partsOf(parts, keep),
      about: aboutIn(said, words),
      lateReason: keep('late_reason', trimmed(late)),
    },
    texts,
  );
}

/** 关于口径1: another record that this one belongs to; null where there is none such. */
function aboutIn({ state }: Said, words: string): string | null {
  const found = /关于(\p{Script=Han}{2,4}?)第?\s?([0-9]{1,3})(?![0-9])/u.exec(words.normalize('NFKC'));
  const kind = Object.entries(RECORD_KINDS).find(([, zh]) => zh === found?.[1])?.[0];
  if (found === null || kind === undefined || !isKind(kind)) return null;
  return recordsOf(state, kind).find((one) => one.n === Number(found[2]))?.id ?? null;
}
